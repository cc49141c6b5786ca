/** What is on a check: its lines in the order they came, what was paid, and what it comes to. */
import { useEffect, useRef } from "preact/hooks";
import type { Check, Line } from "../../shared/check/check.ts";
import type { TaxTotal } from "../../shared/check/amounts.ts";
import { TENDER_WORDS, type Told } from "./flag_words.ts";

interface LinesProps {
  readonly check: Check;
  readonly told: Told;
  readonly onChoose: (line: Line) => void;
}

export function Lines({ check, told, onChoose }: LinesProps) {
  const end = useRef<HTMLLIElement>(null);
  const count = useRef(check.lines.length);
  useEffect(() => {
    if (check.lines.length > count.current) end.current?.scrollIntoView({ block: "nearest" });
    count.current = check.lines.length;
  }, [check.lines.length]);
  if (check.lines.length === 0) return <p class="soft lines-empty">Nothing on it yet. Tap an item of the menu.</p>;
  return (
    <ul class="lines">
      {check.lines.map((line) => <LineRow key={line.id} line={line} told={told} onChoose={onChoose} />)}
      <li ref={end} aria-hidden="true" />
    </ul>
  );
}

function LineRow({ line, told, onChoose }: { line: Line; told: Told; onChoose: LinesProps["onChoose"] }) {
  const voided = line.voided;
  return (
    <li>
      <button type="button" class={voided ? "line line-void" : "line"} onClick={() => onChoose(line)}>
        <span class="line-quantity">{line.quantity}</span>
        <span class="line-name">
          <span class="line-words">{line.name}</span>
          {line.note && <span class="line-note">{line.note}</span>}
          {voided && <span class="line-note">taken off: {voided.reason}</span>}
        </span>
        <span class="line-price">{told.money(line.price * line.quantity)}</span>
      </button>
    </li>
  );
}

export function TotalsList({ check, told: { money, nameOf } }: { check: Check; told: Told }) {
  const { subtotal, taxes, total } = check.totals;
  return (
    <dl class="totals">
      <Row name="Subtotal" amount={money(subtotal)} />
      {taxes.map((tax) => <Row key={tax.name + tax.rate + tax.mode} name={taxName(tax)} amount={money(tax.amount)} />)}
      <Row name="Total" amount={money(total)} strong />
      {check.payments.map((payment) => (
        <Row
          key={payment.id}
          name={`Paid ${TENDER_WORDS[payment.tender]}, ${nameOf(payment.by)}`}
          amount={money(-payment.amount)}
        />
      ))}
      {check.tips > 0 && <Row name="Tips, on top" amount={money(check.tips)} />}
    </dl>
  );
}

function Row({ name, amount, strong }: { name: string; amount: string; strong?: boolean }) {
  return (
    <div class={strong ? "total total-strong" : "total"}>
      <dt>{name}</dt>
      <dd>{amount}</dd>
    </div>
  );
}

/** "Sales tax 8.875 %", or with "inside" when it is part of the price. */
function taxName({ name, rate, mode }: TaxTotal): string {
  return `${name} ${Number((rate / 100).toFixed(4))} %${mode === "inclusive" ? " inside" : ""}`;
}
