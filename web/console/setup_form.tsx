/** The first run: whoever can read the hub's screen owns the venue. */
import { useState } from "preact/hooks";
import { z } from "zod";
import { PASSPHRASE_MIN, SetupRequest } from "../../shared/api.ts";
import { normalizeCode } from "../../shared/ids.ts";
import { request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Door } from "./door.tsx";
import { loadSession } from "./state.ts";

interface Draft {
  readonly code: string;
  readonly venue: string;
  readonly passphrase: string;
  readonly again: string;
}
type Troubles = Partial<Record<keyof Draft | "form", string>>;

const WORDS: Troubles = {
  code: "Type the code that the hub shows after “Setup code”.",
  venue: "Give the venue a name of up to 60 characters.",
  passphrase: `Choose at least ${PASSPHRASE_MIN} characters.`,
};

export function SetupForm() {
  const [draft, setDraft] = useState<Draft>({ code: "", venue: "", passphrase: "", again: "" });
  const [troubles, setTroubles] = useState<Troubles>({});
  const [busy, setBusy] = useState(false);
  const field = (name: keyof Draft) => ({
    value: draft[name],
    trouble: troubles[name],
    onInput: (value: string) => setDraft({ ...draft, [name]: value }),
  });
  async function submit(event: Event) {
    event.preventDefault();
    const found = check(draft);
    setTroubles(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    const body = { code: normalizeCode(draft.code), venue: draft.venue.trim(), passphrase: draft.passphrase };
    const answer = await request(z.unknown(), "/api/setup", { method: "POST", body });
    setBusy(false);
    if (answer.ok) await loadSession();
    else setTroubles({ form: answer.message });
  }
  return (
    <Door title="Set up this venue" lead="The hub is running. Three things make it yours.">
      <form class="form" onSubmit={submit} noValidate>
        <Field label="Setup code" note="It is on the hub's screen." autoCapitalize="characters" {...field("code")} />
        <Field label="Name of the venue" autoCapitalize="words" maxLength={60} {...field("venue")} />
        <Field
          label="Passphrase"
          type="password"
          note={`At least ${PASSPHRASE_MIN} characters. Managers sign in with it.`}
          autoComplete="new-password"
          {...field("passphrase")}
        />
        <Field label="Passphrase again" type="password" autoComplete="new-password" {...field("again")} />
        {troubles.form && <p class="form-trouble" role="alert">{troubles.form}</p>}
        <Button kind="main" type="submit" busy={busy}>Set up</Button>
      </form>
    </Door>
  );
}

function check(draft: Draft): Troubles {
  const parsed = SetupRequest.safeParse(draft);
  const names = parsed.success ? [] : parsed.error.issues.map((issue) => issue.path[0] as keyof Draft);
  const troubles: Troubles = Object.fromEntries(names.map((name) => [name, WORDS[name]]));
  return draft.passphrase === draft.again ? troubles : { ...troubles, again: "The two passphrases differ." };
}
