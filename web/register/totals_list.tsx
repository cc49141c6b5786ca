/** What a check comes to: discounts, taxes and payments, of which a tap shows more. */
import type { Check, Discount } from "../../shared/check/check.ts";
import type { TaxTotal } from "../../shared/check/amounts.ts";
import type { OpId } from "../../shared/ids.ts";
import { TENDER_WORDS, type Told } from "./flag_words.ts";

interface TotalsListProps {
  readonly check: Check;
  readonly told: Told;
  readonly onChoose: (sheet: { readonly kind: "payment" | "given"; readonly id: OpId }) => void;
}

export function TotalsList({ check, told: { money, nameOf }, onChoose }: TotalsListProps) {
  const { subtotal, discount, taxes, total } = check.totals;
  return (
    <div class="stack">
      <dl class="totals">
        <Row name="Subtotal" amount={money(subtotal)} />
        {discount > 0 && <Row name="Discount" amount={money(-discount)} />}
        {taxes.map((tax) => (
          <Row
            key={tax.name + tax.rate + tax.mode}
            name={taxName(tax)}
            amount={money(tax.amount)}
          />
        ))}
        <Row name="Total" amount={money(total)} strong />
        {check.tips > 0 && <Row name="Tips, on top" amount={money(check.tips)} />}
      </dl>
      <ul class="entries">
        {check.discounts.filter(({ removed }) => !removed).map((each) => (
          <li key={each.id}>
            <button type="button" class="entry" onClick={() => onChoose({ kind: "given", id: each.id })}>
              {discountWords(each, check, money)}
            </button>
          </li>
        ))}
        {check.payments.map(({ id, tender, by, amount, refunded, voided }) => (
          <li key={id}>
            <button
              type="button"
              class={voided ? "entry line-void" : "entry"}
              onClick={() => onChoose({ kind: "payment", id })}
            >
              <span>
                <span class="line-words">Paid {TENDER_WORDS[tender]}, {nameOf(by)}</span>
                {voided && <span class="line-note">voided: {voided.reason}</span>}
                {refunded > 0 && <span class="line-note">{money(refunded)} given back</span>}
              </span>
              <span class="line-price">{money(-amount)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
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

export function discountWords({ percent, amount, line, reason }: Discount, check: Check, money: Told["money"]): string {
  const what = percent === undefined ? money(amount ?? 0) : `${percent / 100} %`;
  const on = line === undefined ? "" : ` ${check.lines.find(({ id }) => id === line)?.name ?? "a line"}`;
  return `${what} off${on}: ${reason}`;
}

/** "Sales tax 8.875 %", or with "inside" when it is part of the price. */
function taxName({ name, rate, mode }: TaxTotal): string {
  return `${name} ${Number((rate / 100).toFixed(4))} %${mode === "inclusive" ? " inside" : ""}`;
}
