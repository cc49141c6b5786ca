/** Whose check it is: a name, a table, how many guests; or that it is none at all. */
import { useState } from "preact/hooks";
import type { Check } from "../../shared/check/check.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useAction } from "./action.ts";
import { detailsChanged } from "./details.ts";
import { useLeaves } from "./leave.ts";
import { ManagerPin } from "./manager_pin.tsx";
import { Reasons } from "./reasons.tsx";
import { BOARD } from "./route.ts";
import type { Session } from "./session.ts";
import { Stepper } from "./stepper.tsx";
import { toldOf } from "./told_of.ts";
import { TroubleNote } from "./trouble_note.tsx";

const GUESTS_MAX = 999;
const VOID_REASONS = ["Opened by mistake", "The guests left", "Entered twice", "On the house"];

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
      {check.state === "open" && <VoidCheck session={session} check={check} />}
    </Dialog>
  );
}

/** The whole check off, with a reason. What was paid has to go back first. */
function VoidCheck({ session, check }: Omit<DetailsSheetProps, "onClose">) {
  const [asking, setAsking] = useState(false);
  const action = useAction();
  const { money } = toldOf(session);
  const leaves = useLeaves(session);
  const sent = check.lines.some((line) => line.sent && !line.voided);
  const strike = (reason: string) =>
    leaves.run(sent ? { kind: "void-sent" } : undefined, `Void check ${check.number}`, async (allowed) => {
      const body = { kind: "check.void", check: check.id, reason, total: check.totals.total, ...allowed } as const;
      if (await action.run(() => session.write(body))) location.hash = BOARD;
    });
  if (check.paid > 0) return <p class="soft">{money(check.paid)} was paid. To void the check, give it back first.</p>;
  return (
    <div class="stack">
      <TroubleNote text={action.trouble} />
      {asking
        ? <Reasons title="Why is the check voided?" reasons={VOID_REASONS} busy={action.busy} onChoose={strike} />
        : (
          <div class="row">
            <Button kind="danger" onPress={() => setAsking(true)}>Void this check</Button>
          </div>
        )}
      <ManagerPin session={session} leaves={leaves} />
    </div>
  );
}
