/** The door of a venue that is set up. */
import { useState } from "preact/hooks";
import { z } from "zod";
import { request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Door } from "./door.tsx";
import { loadSession } from "./state.ts";

export function SignInForm({ venue }: { readonly venue: string | null }) {
  const [passphrase, setPassphrase] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function submit(event: Event) {
    event.preventDefault();
    if (passphrase === "") return setTrouble("Type the passphrase of this venue.");
    setBusy(true);
    const answer = await request(z.unknown(), "/api/sign-in", { method: "POST", body: { passphrase } });
    setBusy(false);
    if (answer.ok) await loadSession();
    else setTrouble(answer.status === 401 ? "That is not the passphrase of this venue." : answer.message);
  }
  return (
    <Door title={venue ?? "Counterpart"} lead="Sign in to see how the venue is doing.">
      <form class="form" onSubmit={submit} noValidate>
        <Field
          label="Passphrase"
          type="password"
          autoComplete="current-password"
          autoFocus
          value={passphrase}
          trouble={trouble}
          onInput={setPassphrase}
        />
        <Button kind="main" type="submit" busy={busy}>Sign in</Button>
      </form>
    </Door>
  );
}
