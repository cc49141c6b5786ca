/** When the business day begins: registers let go of the closed checks of the day before then. */
import { useState } from "preact/hooks";
import { Settings } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { showToast } from "./state.ts";

const TYPED = /^([01]?[0-9]|2[0-3])[:.]([0-5][0-9])$/;

export function DayBegins({ begins }: { readonly begins: string }) {
  const [typed, setTyped] = useState(begins);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function submit(event: Event) {
    event.preventDefault();
    const [, hours = "", minutes = ""] = TYPED.exec(typed.trim()) ?? [];
    if (hours === "") return setTrouble("A time such as 04:00.");
    setBusy(true);
    const body = { dayBegins: `${hours.padStart(2, "0")}:${minutes}` };
    const answer = await request(Settings, "/api/settings", { method: "PATCH", body });
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.message);
    if (answer.ok) {
      setTyped(answer.data.dayBegins);
      showToast("Saved.");
    }
  }
  return (
    <form class="inline-form" onSubmit={submit} noValidate>
      <Field
        label="A business day begins at"
        note="Then registers let go of the closed checks of the day before. The hub keeps them. By the hub's clock."
        value={typed}
        onInput={setTyped}
        trouble={trouble}
        maxLength={5}
      />
      <Button type="submit" busy={busy} disabled={typed.trim() === begins}>Save</Button>
    </form>
  );
}
