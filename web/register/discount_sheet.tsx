/** A discount on the check or on one line: how much, on what, and why. What is then due is shown before it is given. */
import { useState } from "preact/hooks";
import type { Check } from "../../shared/check/check.ts";
import type { OpId } from "../../shared/ids.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useAction } from "./action.ts";
import { DISCOUNT_REASONS, type DiscountForm, PERCENTS, readDiscount } from "./discount_form.ts";
import { useLeaves } from "./leave.ts";
import { ManagerPin } from "./manager_pin.tsx";
import { Reasons } from "./reasons.tsx";
import type { Session } from "./session.ts";
import { toldOf } from "./told_of.ts";
import { TroubleNote } from "./trouble_note.tsx";

const DIGITS = 2; // until the hub has told

interface DiscountSheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly onClose: () => void;
  readonly onGiven: (id: OpId) => void;
}

export function DiscountSheet({ session, check, onClose, onGiven }: DiscountSheetProps) {
  const [form, setForm] = useState<DiscountForm>({ kind: "percent", value: "" });
  const [line, setLine] = useState("");
  const action = useAction();
  const { money } = toldOf(session);
  const lines = check.lines.filter(({ voided }) => !voided);
  const on = lines.find(({ id }) => id === line);
  const { gross, discount } = on?.amounts ?? check.totals;
  const reading = readDiscount(form, gross - discount, session.config.value?.currencyDigits ?? DIGITS);
  const leaves = useLeaves(session);
  const body = (reason: string) => ({
    ...{ kind: "discount.add", check: check.id, reason },
    ...(on ? { line: on.id } : {}),
    ...(reading.ok ? reading.part : {}),
  });
  const due = reading.ok ? session.preview(() => [body("?")]).get(check.id)?.due : undefined;
  const give = (reason: string) => {
    if (!reading.ok) return;
    leaves.run(
      { kind: "discount", percent: reading.percent },
      `Take ${saving(reading.part, money)} off`,
      async (allowed) => {
        const given = await action.run(async () => {
          const outcome = await session.write({ ...body(reason), ...allowed });
          if (outcome.ok) onGiven(outcome.id);
          return outcome;
        });
        if (given) onClose();
      },
    );
  };
  return (
    <Dialog title="Discount" onClose={onClose}>
      <label class="field">
        <span class="field-label">On</span>
        <select class="field-input" value={line} onChange={(event) => setLine(event.currentTarget.value)}>
          <option value="">the whole check</option>
          {lines.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
      <Choice
        label="A part or an amount"
        options={[{ value: "percent", text: "Percent" }, { value: "amount", text: "Amount" }]}
        value={form.kind}
        onChoose={(kind) => setForm({ kind, value: "" })}
      />
      {form.kind === "percent" && (
        <div class="quick" role="group" aria-label="Percent">
          {PERCENTS.map((percent) => (
            <Button
              key={percent}
              onPress={() => setForm({ kind: "percent", value: String(percent) })}
            >
              {percent} %
            </Button>
          ))}
        </div>
      )}
      <Field
        label={form.kind === "percent" ? "Percent" : "Amount"}
        value={form.value}
        onInput={(value) => setForm({ ...form, value })}
        inputMode="decimal"
        trouble={form.value !== "" && !reading.ok ? reading.message : undefined}
      />
      <p role="status">
        {due !== undefined && (
          <>
            Due after it: <strong>{money(due)}</strong>
          </>
        )}
      </p>
      <TroubleNote text={action.trouble} />
      {reading.ok && <Reasons title="Why?" reasons={DISCOUNT_REASONS} busy={action.busy} onChoose={give} />}
      <ManagerPin session={session} leaves={leaves} />
    </Dialog>
  );
}

function saving(part: { percent: number } | { amount: number }, money: (amount: number) => string): string {
  return "percent" in part ? `${part.percent / 100} %` : money(part.amount);
}
