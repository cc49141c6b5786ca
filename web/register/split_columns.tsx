/** By item: tap lines, then tap the guest who takes them. Each guest's total stands at the head and is that of the check it will be. */
import { useState } from "preact/hooks";
import type { Check } from "../../shared/check/check.ts";
import type { OpId } from "../../shared/ids.ts";
import { Button } from "../ui/button.tsx";
import type { Session } from "./session.ts";
import { GUESTS_MAX, guestTotals, isWhole, splitPlan } from "./split_view.ts";
import { toldOf } from "./told_of.ts";

interface GuestColumnsProps {
  readonly session: Session;
  readonly check: Check;
  readonly taken: ReadonlyMap<OpId, number>;
  readonly onTaken: (taken: ReadonlyMap<OpId, number>) => void;
}

export function GuestColumns({ session, check, taken, onTaken }: GuestColumnsProps) {
  const [columns, setColumns] = useState(Math.min(GUESTS_MAX, Math.max(2, check.guests ?? 2)));
  const [chosen, setChosen] = useState<ReadonlySet<OpId>>(new Set());
  const { money } = toldOf(session);
  const split = { kind: "item", taken } as const;
  const deps = { firstNumber: session.nextNumber() };
  const totals = guestTotals(taken, check, deps.firstNumber, session.preview(splitPlan(split, check, deps)));
  const toggle = (id: OpId) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const put = (guest: number) => {
    onTaken(new Map([...taken, ...[...chosen].map((id) => [id, guest] as const)]));
    setChosen(new Set());
  };
  return (
    <>
      <p class="soft" role="status">
        {chosen.size === 0 ? "Tap what a guest takes." : `${chosen.size} chosen. Now tap the guest.`}
      </p>
      <div class="guests">
        {Array.from(
          { length: columns },
          (_, guest) => (
            <section key={guest} class="guest" aria-label={guestName(check, guest)}>
              <button
                type="button"
                class="guest-head"
                disabled={chosen.size === 0}
                onClick={() => put(guest)}
              >
                <span>{guestName(check, guest)}</span>
                <span class="figure">{money(totals.get(guest) ?? 0)}</span>
              </button>
              <ul>
                {check.lines.filter((line) => !line.voided && (taken.get(line.id) ?? 0) === guest).map((line) => (
                  <li key={line.id}>
                    <button
                      type="button"
                      class="pick"
                      aria-pressed={chosen.has(line.id) ? "true" : "false"}
                      disabled={!isWhole(line)}
                      onClick={() =>
                        toggle(line.id)}
                    >
                      <span>{line.quantity > 1 ? `${line.quantity} × ` : ""}{line.name}</span>
                      <span class="line-price">{money(line.amounts.gross)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ),
        )}
      </div>
      {columns < GUESTS_MAX && (
        <div class="row">
          <Button kind="quiet" onPress={() => setColumns(columns + 1)}>Another guest</Button>
        </div>
      )}
    </>
  );
}

function guestName(check: Check, guest: number): string {
  return guest === 0 ? `${check.number} stays` : `Guest ${guest + 1}`;
}
