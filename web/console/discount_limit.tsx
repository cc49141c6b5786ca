/** How large a discount may be that staff give without a manager. */
import { useState } from "preact/hooks";
import { NO_DISCOUNT_LIMIT, Settings } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { showToast } from "./state.ts";

export function DiscountLimit({ percent }: { readonly percent: number }) {
  const before = percent === NO_DISCOUNT_LIMIT ? "" : String(percent);
  const [typed, setTyped] = useState(before);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function submit(event: Event) {
    event.preventDefault();
    const discountPercent = typed.trim() === "" ? NO_DISCOUNT_LIMIT : Number(typed.replace(",", "."));
    if (!(discountPercent >= 0 && discountPercent <= NO_DISCOUNT_LIMIT)) return setTrouble("A number from 0 to 100.");
    setBusy(true);
    const answer = await request(Settings, "/api/settings", { method: "PATCH", body: { discountPercent } });
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.message);
    if (answer.ok) showToast("Saved.");
  }
  return (
    <form class="inline-form" onSubmit={submit} noValidate>
      <Field
        label="Largest discount without a manager, in percent"
        note="Empty: no limit."
        value={typed}
        onInput={setTyped}
        trouble={trouble}
        inputMode="decimal"
        maxLength={5}
      />
      <Button type="submit" busy={busy} disabled={typed.trim() === before}>Save</Button>
    </form>
  );
}
