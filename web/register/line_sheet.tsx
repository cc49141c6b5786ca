/** One line of a check: how many, or off the check with a reason. */
import { useState } from "preact/hooks";
import type { Check, Line } from "../../shared/check/check.ts";
import { formatMoney, QUANTITY_MAX } from "../../shared/money.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useAction } from "./action.ts";
import type { NameOf } from "./names.ts";
import type { Session } from "./session.ts";
import { Stepper } from "./stepper.tsx";
import { TroubleNote } from "./trouble_note.tsx";

const REASONS = ["Entered by mistake", "Guest changed their mind", "Not as it should be", "Sold out", "On the house"];

interface LineSheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly line: Line;
  readonly nameOf: NameOf;
  readonly onClose: () => void;
}

export function LineSheet({ session, check, line, nameOf, onClose }: LineSheetProps) {
  const digits = session.config.value?.currencyDigits;
  return (
    <Dialog title={line.name} onClose={onClose}>
      <p class="soft">{formatMoney(line.price, digits)} each · added by {nameOf(line.addedBy)}</p>
      {line.voided
        ? <p>{nameOf(line.voided.by)} took it off the check: {line.voided.reason}.</p>
        : <LineForm session={session} check={check} line={line} onClose={onClose} />}
    </Dialog>
  );
}

function LineForm({ session, check, line, onClose }: Omit<LineSheetProps, "nameOf">) {
  const [quantity, setQuantity] = useState(line.quantity);
  const [removing, setRemoving] = useState(false);
  const action = useAction();
  const digits = session.config.value?.currencyDigits;
  const target = { check: check.id, line: line.id };

  const save = async () => {
    if (quantity === line.quantity) return onClose();
    if (await action.run(() => session.write({ kind: "line.edit", ...target, quantity }))) onClose();
  };
  const takeOff = async (reason: string) => {
    if (await action.run(() => session.write({ kind: "line.void", ...target, reason }))) onClose();
  };

  return (
    <>
      {check.state === "open" && (
        <div class="row row-spread">
          <Stepper label="How many" value={quantity} min={1} max={QUANTITY_MAX} onChange={setQuantity} />
          <span class="figure">{formatMoney(line.price * quantity, digits)}</span>
        </div>
      )}
      <TroubleNote text={action.trouble} />
      <div class="row">
        {check.state === "open" && <Button kind="main" onPress={save} busy={action.busy}>Done</Button>}
        {!removing && <Button kind="danger" onPress={() => setRemoving(true)}>Take off the check</Button>}
      </div>
      {removing && (
        <section class="stack">
          <h3>Why is it taken off?</h3>
          <div class="reasons">
            {REASONS.map((reason) => (
              <Button key={reason} onPress={() => takeOff(reason)} busy={action.busy}>{reason}</Button>
            ))}
          </div>
        </section>
      )}
    </>
  );
}
