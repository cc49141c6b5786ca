/** A payment that was taken: money handed back, or an entry that was wrong. Either is a fact of its own; the payment stays in the story. */
import { useState } from "preact/hooks";
import type { Check, Payment } from "../../shared/check/check.ts";
import type { CheckBody } from "../../shared/check/op.ts";
import { sayDateAndClock } from "../lib/time.ts";
import { Choice } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useAction } from "./action.ts";
import { parseAmount } from "./amount.ts";
import { TENDER_WORDS } from "./flag_words.ts";
import { useLeaves } from "./leave.ts";
import { ManagerPin } from "./manager_pin.tsx";
import { Reasons } from "./reasons.tsx";
import type { Session } from "./session.ts";
import { toldOf } from "./told_of.ts";
import { TroubleNote } from "./trouble_note.tsx";

const DIGITS = 2; // until the hub has told
const REFUND_REASONS = ["Guest was not content", "Paid too much", "Charged for something else"];
const VOID_REASONS = ["Entered by mistake", "Another way of paying", "The card did not go through"];

interface PaymentSheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly payment: Payment;
  readonly onClose: () => void;
}

export function PaymentSheet({ session, check, payment, onClose }: PaymentSheetProps) {
  const { money, nameOf } = toldOf(session);
  const here = payment.amount - payment.refunded;
  return (
    <Dialog title={`${money(payment.amount)} ${TENDER_WORDS[payment.tender]}`} onClose={onClose}>
      <p class="soft">
        Taken {sayDateAndClock(payment.at.ms, session.clock.value)} on {nameOf(payment.by)}
        {payment.tip > 0 && `, and ${money(payment.tip)} tip`}
      </p>
      {payment.voided && <p>{nameOf(payment.voided.by)} voided it: {payment.voided.reason}.</p>}
      {payment.refunded > 0 && here > 0 && <p>{money(payment.refunded)} was given back.</p>}
      {!payment.voided && here <= 0 && <p>All of it was given back.</p>}
      {!payment.voided && here > 0 && <Back session={session} check={check} payment={payment} onClose={onClose} />}
    </Dialog>
  );
}

function Back({ session, check, payment, onClose }: PaymentSheetProps) {
  const { money } = toldOf(session);
  const here = payment.amount - payment.refunded;
  const [kind, setKind] = useState<"refund" | "void">("refund");
  const [typed, setTyped] = useState(money(here));
  const action = useAction();
  const amount = parseAmount(typed, session.config.value?.currencyDigits ?? DIGITS);
  const fits = amount !== undefined && amount > 0 && amount <= here;
  const target = { check: check.id, payment: payment.id };
  const leaves = useLeaves(session);
  const write = (what: string, body: CheckBody) =>
    leaves.run({ kind: "refund" }, what, async (allowed) => {
      if (await action.run(() => session.write({ ...body, ...allowed }))) onClose();
    });
  const refund = (reason: string) =>
    fits && write(`Give ${money(amount)} back`, { kind: "payment.refund", ...target, amount, reason });
  const strike = (reason: string) =>
    write(`Take back a payment of ${money(payment.amount)}`, { kind: "payment.void", ...target, reason });
  return (
    <div class="stack">
      <Choice
        label="What happened"
        options={[{ value: "refund", text: "Give money back" }, { value: "void", text: "It was not taken" }]}
        value={kind}
        onChoose={setKind}
      />
      {kind === "refund" && (
        <Field
          label="Goes back to the guest"
          value={typed}
          onInput={setTyped}
          inputMode="decimal"
          trouble={fits ? undefined : `Write an amount up to ${money(here)}.`}
        />
      )}
      <TroubleNote text={action.trouble} />
      {kind === "refund"
        ? fits && <Reasons title="Why does it go back?" reasons={REFUND_REASONS} busy={action.busy} onChoose={refund} />
        : (
          <>
            {payment.refunded > 0 && <p>The {money(payment.refunded)} given back stays given back, and is due again.
            </p>}
            <Reasons title="Why does it not count?" reasons={VOID_REASONS} busy={action.busy} onChoose={strike} />
          </>
        )}
      <ManagerPin session={session} leaves={leaves} />
    </div>
  );
}
