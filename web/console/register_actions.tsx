/** Renaming a register, and letting it go with a plain word on what would be lost. */
import { useState } from "preact/hooks";
import { z } from "zod";
import { Name, type RegisterView } from "../../shared/api.ts";
import { NOTHING, request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { showToast } from "./state.ts";
import { sayCount } from "./words.ts";

interface RegisterActionsProps {
  readonly register: RegisterView;
  readonly onGone: () => void;
}

export function RegisterActions({ register, onGone }: RegisterActionsProps) {
  return (
    <section class="detail-block" aria-label="Manage">
      <Rename register={register} />
      <UnEnrol register={register} onGone={onGone} />
    </section>
  );
}

function Rename({ register }: { readonly register: RegisterView }) {
  const [name, setName] = useState(register.name);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function submit(event: Event) {
    event.preventDefault();
    const parsed = Name.safeParse(name);
    if (!parsed.success) return setTrouble("A name has 1 to 60 characters.");
    setBusy(true);
    const answer = await request(z.unknown(), pathOf(register), { method: "PATCH", body: { name: parsed.data } });
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.message);
    if (answer.ok) showToast(`It is called ${parsed.data} now.`);
  }
  return (
    <form class="inline-form" onSubmit={submit} noValidate>
      <Field label="Name" value={name} onInput={setName} trouble={trouble} autoCapitalize="words" maxLength={60} />
      <Button type="submit" busy={busy} disabled={name.trim() === register.name}>Rename</Button>
    </form>
  );
}

type Asking = { kind: "no" } | { kind: "sure" } | { kind: "unsynced"; message: string } | {
  kind: "failed";
  message: string;
};

function UnEnrol({ register, onGone }: RegisterActionsProps) {
  const [asking, setAsking] = useState<Asking>({ kind: "no" });
  const [busy, setBusy] = useState(false);
  async function remove(force: "keep-changes" | "lose-changes") {
    setBusy(true);
    const query = force === "lose-changes" ? "?force=true" : "";
    const answer = await request(NOTHING, `${pathOf(register)}${query}`, { method: "DELETE" });
    setBusy(false);
    if (!answer.ok) {
      return setAsking({ kind: answer.code === "unsynced" ? "unsynced" : "failed", message: answer.message });
    }
    showToast(`${register.name} is no longer enrolled.`);
    onGone();
  }
  if (asking.kind === "no") {
    return <Button kind="danger" onPress={() => setAsking({ kind: "sure" })}>Un-enrol this register</Button>;
  }
  const lost = asking.kind === "unsynced" || (register.unsynced ?? 0) > 0;
  return (
    <div class="confirm" role="alert">
      <h3>Un-enrol {register.name}?</h3>
      <p>It stops sharing checks at once, and needs a new code to come back.</p>
      <p>{sayLost(register, asking)}</p>
      {asking.kind === "failed" && <p class="field-trouble">{asking.message}</p>}
      <div class="row">
        <Button kind="danger" busy={busy} onPress={() => remove(lost ? "lose-changes" : "keep-changes")}>
          {lost ? "Un-enrol and lose them" : "Un-enrol"}
        </Button>
        <Button onPress={() => setAsking({ kind: "no" })}>Keep it</Button>
      </div>
    </div>
  );
}

function sayLost(register: RegisterView, asking: Asking): string {
  if (asking.kind === "unsynced") return asking.message;
  if (register.unsynced === null) return "Whether it holds changes that no other register has is not known now.";
  if (register.unsynced === 0) return "Nothing is lost: all its changes are on the hub.";
  return `${sayCount(register.unsynced, "change")} on it ${
    register.unsynced === 1 ? "exists" : "exist"
  } nowhere else and would be lost. Bring it back on the Wi-Fi first to save them.`;
}

function pathOf(register: RegisterView): string {
  return `/api/registers/${encodeURIComponent(register.id)}`;
}
