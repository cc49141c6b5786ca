/** One person: name, role, a PIN that is set and never shown, and taking them off the list. */
import { useState } from "preact/hooks";
import { StaffView } from "../../shared/config_api.ts";
import { Pin, type Role, ROLES, StaffName } from "../../shared/staff.ts";
import { NOTHING, request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { Field } from "../ui/field.tsx";
import { ROLE_WORDS } from "./role_words.ts";
import { showToast } from "./state.ts";

const ROLE_OPTIONS = ROLES.map((value) => ({ value, text: ROLE_WORDS[value] }));

interface StaffFormProps {
  readonly person: StaffView | undefined; // undefined: a new one
  readonly onBack: () => void;
  readonly onChanged: () => void;
}

export function StaffForm({ person, onBack, onChanged }: StaffFormProps) {
  const [name, setName] = useState(person?.name ?? "");
  const [role, setRole] = useState<Role>(person?.role ?? "server");
  const [pin, setPin] = useState("");
  const [asked, setAsked] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const keepsPin = person !== undefined && pin === "";
  const nameTrouble = StaffName.safeParse(name).error?.issues[0]?.message;
  const pinTrouble = keepsPin ? undefined : Pin.safeParse(pin).error?.issues[0]?.message;

  async function save(event: Event) {
    event.preventDefault();
    setAsked(true);
    if (nameTrouble || pinTrouble) return;
    setBusy(true);
    const body = { name: name.trim(), role, ...(keepsPin ? {} : { pin }) };
    const answer = person
      ? await request(StaffView, pathOf(person.id), { method: "PATCH", body })
      : await request(StaffView, "/api/staff", { method: "POST", body });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.message);
    showToast(`${answer.data.name} is saved. Registers know it now.`);
    onChanged();
  }

  return (
    <form class="form form-dialog" onSubmit={save} noValidate>
      <Field
        label="Name"
        value={name}
        onInput={setName}
        trouble={asked ? nameTrouble : undefined}
        autoCapitalize="words"
        maxLength={60}
        autoFocus={!person}
      />
      <div class="field">
        <span class="field-label">Role</span>
        <Choice label="Role" options={ROLE_OPTIONS} value={role} onChoose={setRole} />
        <p class="field-note">
          A manager may take back what was sent, refund, reopen, take over checks and give any discount.
        </p>
      </div>
      <Field
        label={person ? "New PIN" : "PIN"}
        note={person
          ? "Leave it empty to keep the PIN. A new one locks registers where they are signed in."
          : "Four to six digits."}
        type="password"
        value={pin}
        onInput={setPin}
        trouble={asked ? pinTrouble : undefined}
        autoComplete="off"
        inputMode="numeric"
        maxLength={6}
      />
      {trouble && <p class="form-trouble" role="alert">{trouble}</p>}
      <div class="row">
        <Button kind="main" type="submit" busy={busy}>Save</Button>
        <Button onPress={onBack}>Back</Button>
        {person && <Remove person={person} onGone={onChanged} />}
      </div>
    </form>
  );
}

function Remove({ person, onGone }: { readonly person: StaffView; readonly onGone: () => void }) {
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  async function remove() {
    const answer = await request(NOTHING, pathOf(person.id), { method: "DELETE" });
    if (!answer.ok) return setTrouble(answer.message);
    showToast(`${person.name} is off the list.`);
    onGone();
  }
  if (!asking) return <Button kind="danger" onPress={() => setAsking(true)}>Remove</Button>;
  return (
    <div class="confirm" role="alert">
      <p>
        Registers that are connected lock for {person.name} at once, the others when they are back. What {person.name}
        {" "}
        did stays under that name.
      </p>
      {trouble && <p class="field-trouble">{trouble}</p>}
      <div class="row">
        <Button kind="danger" onPress={remove}>Remove {person.name}</Button>
        <Button onPress={() => setAsking(false)}>Keep</Button>
      </div>
    </div>
  );
}

function pathOf(id: string): string {
  return `/api/staff/${encodeURIComponent(id)}`;
}
