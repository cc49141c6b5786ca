/** Whose check it is: a name, a table, how many guests. */
import { useState } from "preact/hooks";
import type { Check } from "../../shared/check/check.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useAction } from "./action.ts";
import { detailsChanged } from "./details.ts";
import type { Session } from "./session.ts";
import { Stepper } from "./stepper.tsx";
import { TroubleNote } from "./trouble_note.tsx";

const GUESTS_MAX = 999;

interface DetailsSheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly onClose: () => void;
}

export function DetailsSheet({ session, check, onClose }: DetailsSheetProps) {
  const [name, setName] = useState(check.name ?? "");
  const [table, setTable] = useState(check.table ?? "");
  const [guests, setGuests] = useState(check.guests ?? 0);
  const action = useAction();
  const save = async (event: Event) => {
    event.preventDefault();
    const changed = detailsChanged(check, { name, table, guests });
    if (Object.keys(changed).length === 0) return onClose();
    if (await action.run(() => session.write({ kind: "check.edit", check: check.id, ...changed }))) onClose();
  };
  return (
    <Dialog title={`Check ${check.number}`} onClose={onClose}>
      <form class="stack" onSubmit={save} noValidate>
        <Field label="Table" value={table} onInput={setTable} maxLength={60} autoFocus />
        <Field label="Name" value={name} onInput={setName} maxLength={60} autoCapitalize="words" />
        <div class="field">
          <span class="field-label">Guests</span>
          <Stepper label="Guests" value={guests} min={1} max={GUESTS_MAX} onChange={setGuests} empty="–" />
        </div>
        <TroubleNote text={action.trouble} />
        <div class="row">
          <Button kind="main" type="submit" busy={action.busy}>Done</Button>
        </div>
      </form>
    </Dialog>
  );
}
