/** Takes money: how, how much, what goes back. The whole of what is due closes the check. */
import { useState } from "preact/hooks";
import type { Check } from "../../shared/check/check.ts";
import { type Tender, TENDERS } from "../../shared/check/op.ts";
import { formatMoney } from "../../shared/money.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { type Outcome, useAction } from "./action.ts";
import { parseAmount, quickAmounts } from "./amount.ts";
import { closeCheck } from "./close_check.ts";
import { type PayForm, type Reading, readPayForm } from "./pay_form.ts";
import type { Session } from "./session.ts";
import { TroubleNote } from "./trouble_note.tsx";

const TENDER_NAMES: Record<Tender, string> = { cash: "Cash", card: "Card", other: "Other" };
const DIGITS = 2; // until the hub has told

interface PaySheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly initial?: number; // a part of what is due; absent: all of it
  readonly onClose: () => void;
  readonly onSettled: () => void;
}

export function PaySheet({ session, check, initial, onClose, onSettled }: PaySheetProps) {
  const digits = session.config.value?.currencyDigits ?? DIGITS;
  const [change, setChange] = useState<{ readonly amount: number; readonly settled: boolean } | null>(null);
  const taken = (reading: Reading & { ok: true }) => {
    if (reading.change > 0) return setChange({ amount: reading.change, settled: reading.settles });
    if (reading.settles) onSettled();
    else onClose();
  };
  const leave = () => change?.settled ? onSettled() : onClose();
  return (
    <Dialog title={change ? "Change" : `Pay check ${check.number}`} onClose={leave}>
      {change
        ? (
          <div class="stack change" role="status">
            <p class="figure figure-large">{formatMoney(change.amount, digits)}</p>
            <p class="soft">
              {change.settled ? "Goes back to the guest. The check is closed." : "Goes back to the guest."}
            </p>
            <Button kind="main" onPress={leave}>Done</Button>
          </div>
        )
        : <Form session={session} check={check} digits={digits} initial={initial} onTaken={taken} />}
    </Dialog>
  );
}

interface FormProps {
  readonly session: Session;
  readonly check: Check;
  readonly digits: number;
  readonly initial?: number;
  readonly onTaken: (reading: Reading & { ok: true }) => void;
}

function Form({ session, check, digits, initial, onTaken }: FormProps) {
  const money = (amount: number) => formatMoney(amount, digits);
  const [seenDue, setSeenDue] = useState(check.due); // what the person was shown: it does not move under a finger
  const [form, setForm] = useState<PayForm>({
    tender: "cash",
    amount: money(Math.min(initial ?? seenDue, seenDue)),
    tip: "",
    given: "",
  });
  const [asked, setAsked] = useState(false);
  const action = useAction();
  const set = (part: Partial<PayForm>) => setForm({ ...form, ...part });
  const reading = readPayForm(form, seenDue, digits);
  const trouble = (field: string) => asked && !reading.ok && reading.field === field ? reading.message : undefined;
  const owed = (parseAmount(form.amount, digits) ?? 0) + (parseAmount(form.tip, digits) ?? 0);

  const take = async (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (!reading.ok) return;
    const due = session.check(check.id)?.due ?? 0;
    if (due !== seenDue) {
      setSeenDue(due);
      setForm({ ...form, amount: money(Math.max(0, due)), given: "" });
      action.run(() => Promise.resolve({ ok: false, message: meanwhile(due, money) }));
      return;
    }
    if (await action.run(() => pay(session, check, form.tender, reading))) onTaken(reading);
  };

  return (
    <form class="stack" onSubmit={take} noValidate>
      <Choice
        label="How it is paid"
        options={TENDERS.map((tender) => ({ value: tender, text: TENDER_NAMES[tender] }))}
        value={form.tender}
        onChoose={(tender) => set({ tender })}
      />
      <div class="pair">
        <Field
          label={`Amount, of ${money(seenDue)} due`}
          value={form.amount}
          onInput={(amount) => set({ amount })}
          inputMode="decimal"
          trouble={trouble("amount")}
        />
        <Field
          label="Tip"
          value={form.tip}
          onInput={(tip) => set({ tip })}
          inputMode="decimal"
          trouble={trouble("tip")}
        />
      </div>
      {form.tender === "cash" && (
        <div class="stack">
          <Field
            label="Cash given"
            value={form.given}
            onInput={(given) => set({ given })}
            inputMode="decimal"
            trouble={trouble("given")}
          />
          <div class="quick" role="group" aria-label="Cash given">
            {quickAmounts(owed, digits).map((amount) => (
              <Button
                key={amount}
                onPress={() => set({ given: money(amount) })}
              >
                {money(amount)}
              </Button>
            ))}
          </div>
          <p class="row row-spread">
            <span class="soft">Change</span>
            <span class="figure">{money(reading.ok ? reading.change : 0)}</span>
          </p>
        </div>
      )}
      <TroubleNote text={action.trouble} />
      <Button kind="main" type="submit" busy={action.busy}>
        {reading.ok
          ? `Take ${money(reading.amount + reading.tip)}${reading.settles ? " and close" : ""}`
          : "Take payment"}
      </Button>
    </form>
  );
}

/** The payment first; the check is closed only once it is safe. */
async function pay(session: Session, check: Check, tender: Tender, reading: Reading & { ok: true }): Promise<Outcome> {
  const { amount, tip, tendered, settles } = reading;
  const paid = await session.write({
    kind: "payment.add",
    check: check.id,
    tender,
    amount,
    ...(tip > 0 ? { tip } : {}),
    ...(tendered !== undefined ? { tendered } : {}),
  });
  if (!paid.ok || !settles || check.state === "closed") return paid;
  return await closeCheck(session, check.id);
}

function meanwhile(due: number, money: (amount: number) => string): string {
  return due > 0
    ? `The check changed meanwhile: ${money(due)} is due now. Look again, then take it.`
    : "The check was paid meanwhile. Nothing more is due.";
}
