/** One line of a check: how many, for whom, with which note; to another check, shared, or off with a reason. */
import { useState } from "preact/hooks";
import type { Check, Line } from "../../shared/check/check.ts";
import { QUANTITY_MAX } from "../../shared/money.ts";
import { splitByItem } from "../../shared/check/split.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useAction } from "./action.ts";
import { CheckChoice } from "./check_choice.tsx";
import { lineChanges } from "./line_changes.ts";
import { useLeaves } from "./leave.ts";
import { ManagerPin } from "./manager_pin.tsx";
import { Reasons } from "./reasons.tsx";
import { seatsOffered, seatWords } from "./seats.ts";
import type { Session } from "./session.ts";
import { isWhole } from "./split_view.ts";
import { Stepper } from "./stepper.tsx";
import { toldOf } from "./told_of.ts";
import { TroubleNote } from "./trouble_note.tsx";

const REASONS = ["Entered by mistake", "Guest changed their mind", "Not as it should be", "Sold out", "On the house"];
const COURSES = [0, 1, 2, 3, 4]; // 0: as it comes

interface LineSheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly line: Line;
  readonly onClose: () => void;
}

export function LineSheet({ session, check, line, onClose }: LineSheetProps) {
  const { money, nameOf } = toldOf(session);
  const open = check.state === "open";
  const mayTakeOff = open || check.due > 0; // a check that is paid and closed stays as it was paid
  return (
    <Dialog title={line.name} onClose={onClose}>
      <p class="soft">
        {money(line.price)} each · added by {line.staff ?? nameOf(line.addedBy)}
        {line.sent && " · sent to the kitchen"}
        {line.share && ` · ${line.share.parts} of ${line.share.of} parts are on this check`}
      </p>
      {line.voided ? <p>{nameOf(line.voided.by)} took it off the check: {line.voided.reason}.</p> : (
        <>
          {open && <LineForm session={session} check={check} line={line} onClose={onClose} />}
          {mayTakeOff
            ? <Elsewhere session={session} check={check} line={line} onClose={onClose} />
            : <p class="soft">The check is paid and closed.</p>}
        </>
      )}
    </Dialog>
  );
}

function LineForm({ session, check, line, onClose }: LineSheetProps) {
  const [quantity, setQuantity] = useState(line.quantity);
  const [seat, setSeat] = useState(line.seat ?? 0);
  const [course, setCourse] = useState(line.course ?? 0);
  const [note, setNote] = useState(line.note ?? "");
  const action = useAction();
  const { money } = toldOf(session);
  const each = line.modifiers.reduce((sum, modifier) => sum + modifier.price, line.price);
  const save = async (event: Event) => {
    event.preventDefault();
    const changed = lineChanges(line, { quantity, seat, course, note });
    if (Object.keys(changed).length === 0) return onClose();
    const body = { kind: "line.edit", check: check.id, line: line.id, ...changed } as const;
    if (await action.run(() => session.write(body))) onClose();
  };
  return (
    <form class="stack" onSubmit={save} noValidate>
      <div class="row row-spread">
        <Stepper label="How many" value={quantity} min={1} max={QUANTITY_MAX} onChange={setQuantity} />
        <span class="figure">{money(each * quantity)}</span>
      </div>
      <Numbers
        label="Seat"
        numbers={seatsOffered(check)}
        value={seat}
        say={seatWords}
        none="Table"
        onChoose={setSeat}
      />
      <Numbers
        label="Course"
        numbers={COURSES}
        value={course}
        say={(each) => each === 0 ? "As it comes" : `Course ${each}`}
        none="Any"
        onChoose={setCourse}
      />
      <Field label="Note" value={note} onInput={setNote} maxLength={200} autoCapitalize="words" />
      <TroubleNote text={action.trouble} />
      <div class="row">
        <Button kind="main" type="submit" busy={action.busy}>Done</Button>
      </div>
    </form>
  );
}

interface NumbersProps {
  readonly label: string;
  readonly numbers: readonly number[];
  readonly value: number;
  readonly none: string; // shown for 0
  readonly say: (value: number) => string;
  readonly onChoose: (value: number) => void;
}

/** A row of small numbers, one of them chosen. */
function Numbers({ label, numbers, value, none, say, onChoose }: NumbersProps) {
  return (
    <div class="field">
      <span class="field-label">{label}</span>
      <div class="seats" role="group" aria-label={label}>
        {numbers.map((each) => (
          <button
            key={each}
            type="button"
            class="seat"
            aria-label={say(each)}
            aria-pressed={each === value ? "true" : "false"}
            onClick={() => onChoose(each)}
          >
            {each === 0 ? none : each}
          </button>
        ))}
      </div>
    </div>
  );
}

/** The line goes to another check, or off this one. */
function Elsewhere({ session, check, line, onClose }: LineSheetProps) {
  const [asking, setAsking] = useState<"move" | "void" | null>(null);
  const action = useAction();
  const leaves = useLeaves(session);
  const move = async (to: Check) => {
    if (await action.run(() => session.writeAll(() => splitByItem(check, [line.id], to.id)))) onClose();
  };
  const takeOff = (reason: string) =>
    leaves.run(
      line.sent && { kind: "void-sent" },
      `Take ${line.name} off: it was sent to the kitchen`,
      async (allowed) => {
        const body = { kind: "line.void", check: check.id, line: line.id, reason, ...allowed } as const;
        if (await action.run(() => session.write(body))) onClose();
      },
    );
  return (
    <div class="stack">
      <TroubleNote text={action.trouble} />
      {asking === null && (
        <div class="row">
          {check.state === "open" && isWhole(line) && (
            <Button onPress={() => setAsking("move")}>Move to another check</Button>
          )}
          <Button kind="danger" onPress={() => setAsking("void")}>Take off the check</Button>
        </div>
      )}
      {asking === "move" && (
        <section class="stack">
          <h3>To which check?</h3>
          <CheckChoice session={session} not={check.id} onChoose={move} />
        </section>
      )}
      {asking === "void" && (
        <Reasons title="Why is it taken off?" reasons={REASONS} busy={action.busy} onChoose={takeOff} />
      )}
      <ManagerPin session={session} leaves={leaves} />
    </div>
  );
}
