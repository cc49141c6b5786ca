/** The other open checks, to choose one of. */
import type { Check } from "../../shared/check/check.ts";
import type { OpId } from "../../shared/ids.ts";
import { checksOf, whereOf } from "./board_view.ts";
import type { Session } from "./session.ts";
import { toldOf } from "./told_of.ts";

interface CheckChoiceProps {
  readonly session: Session;
  readonly not: OpId; // the check that asks
  readonly chosen?: OpId;
  readonly onChoose: (check: Check) => void;
}

export function CheckChoice({ session, not, chosen, onChoose }: CheckChoiceProps) {
  const { money } = toldOf(session);
  const others = checksOf("all", session.checks.value, session.clock.value, session.who.viewer)
    .filter((check) => check.id !== not && check.state === "open");
  if (others.length === 0) return <p class="soft">No other check is open.</p>;
  return (
    <ul class="choices">
      {others.map((check) => (
        <li key={check.id}>
          <button
            type="button"
            class="pick"
            aria-pressed={check.id === chosen ? "true" : "false"}
            onClick={() => onChoose(check)}
          >
            <span>
              <strong>{check.number}</strong> <span class="soft">{whereOf(check)}</span>
            </span>
            <span class="line-price">{money(check.due)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
