/** Splits a check by touch. What comes out is shown, each check with its total, before anything is written. */
import { useState } from "preact/hooks";
import type { Check } from "../../shared/check/check.ts";
import type { OpId } from "../../shared/ids.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useAction } from "./action.ts";
import { parseAmount } from "./amount.ts";
import { seatsOf } from "../../shared/check/split.ts";
import type { Session } from "./session.ts";
import { GuestColumns } from "./split_columns.tsx";
import {
  furtherGuests,
  GUESTS_MAX,
  isWhole,
  type Split,
  type SplitKind,
  splitPlan,
  splitResult,
} from "./split_view.ts";
import { toldOf } from "./told_of.ts";
import { TroubleNote } from "./trouble_note.tsx";

const DIGITS = 2; // until the hub has told
const NUMBERS = Array.from({ length: GUESTS_MAX - 1 }, (_, at) => at + 2);

type Mode = SplitKind | "amount";
const MODES: readonly { readonly value: Mode; readonly text: string }[] = [
  { value: "item", text: "By item" },
  { value: "seat", text: "By seat" },
  { value: "evenly", text: "Evenly" },
  { value: "line", text: "One line" },
  { value: "amount", text: "By amount" },
];

interface SplitSheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly onClose: () => void;
  readonly onPayPart: (amount: number) => void;
}

export function SplitSheet({ session, check, onClose, onPayPart }: SplitSheetProps) {
  const [mode, setMode] = useState<Mode>("item");
  const [taken, setTaken] = useState<ReadonlyMap<OpId, number>>(new Map());
  const [guests, setGuests] = useState(0); // 0: not chosen yet
  const [line, setLine] = useState<OpId>("");
  const choose = (next: Mode) => {
    setMode(next);
    setGuests(0);
  };
  const split = splitOf(mode, { taken, guests, line });
  return (
    <Dialog title={`Split ${check.number}`} size="wide" onClose={onClose}>
      <Choice label="How to split" options={MODES} value={mode} onChoose={choose} />
      {check.lines.every((each) => !isWhole(each)) && mode !== "amount" && (
        <p class="soft">Nothing on this check can be split any further.</p>
      )}
      {mode === "item" && <GuestColumns session={session} check={check} taken={taken} onTaken={setTaken} />}
      {mode === "seat" && seatsOf(check).length < 2 && (
        <p class="soft">Everything is on one seat. Tap an item on the check to say whose it is.</p>
      )}
      {mode === "line" && <OneLine session={session} check={check} line={line} onLine={setLine} />}
      {(mode === "evenly" || (mode === "line" && line !== "")) && (
        <div class="field">
          <span class="field-label">Among how many</span>
          <div class="numbers" role="group" aria-label="Among how many">
            {NUMBERS.map((number) => (
              <button
                key={number}
                type="button"
                class="seat"
                aria-pressed={number === guests ? "true" : "false"}
                onClick={() => setGuests(number)}
              >
                {number}
              </button>
            ))}
          </div>
        </div>
      )}
      {mode === "amount"
        ? <ByAmount session={session} check={check} onPayPart={onPayPart} />
        : split && <Result session={session} check={check} split={split} onDone={onClose} />}
    </Dialog>
  );
}

function splitOf(
  mode: Mode,
  { taken, guests, line }: { taken: ReadonlyMap<OpId, number>; guests: number; line: OpId },
): Split | undefined {
  switch (mode) {
    case "item":
      return { kind: "item", taken };
    case "seat":
      return { kind: "seat" };
    case "evenly":
      return guests > 1 ? { kind: "evenly", guests } : undefined;
    case "line":
      return guests > 1 && line !== "" ? { kind: "line", line, guests } : undefined;
    case "amount":
      return undefined;
  }
}

/** The checks as they would be, and the tap that makes them so. */
function Result({ session, check, split, onDone }: {
  session: Session;
  check: Check;
  split: Split;
  onDone: () => void;
}) {
  const action = useAction();
  const { money } = toldOf(session);
  if (furtherGuests(split, check) === 0) return null;
  const deps = { firstNumber: session.nextNumber(), staff: session.who.name };
  const result = splitResult(split, check, deps, session.preview(splitPlan(split, check, deps)));
  const over = result.find(({ due }) => due < 0);
  const confirm = async () => {
    if (await action.run(() => session.writeAll(splitPlan(split, check, deps)))) onDone();
  };
  return (
    <section class="stack" aria-label="What comes out">
      {split.kind !== "item" && (
        <ul class="outcome">
          {result.map((each) => (
            <li key={each.id}>
              <span>
                <strong>{each.number}</strong> <span class="soft">{each.id === check.id ? "stays" : each.name}</span>
              </span>
              <span class="figure">{money(each.due)}</span>
            </li>
          ))}
        </ul>
      )}
      {over && (
        <p class="soft">
          {money(check.paid)} was paid on {check.number} already, more than what would stay on it. Leave more on it.
        </p>
      )}
      <TroubleNote text={action.trouble} />
      <Button kind="main" onPress={confirm} busy={action.busy} disabled={over !== undefined}>
        Split into {result.length} checks
      </Button>
    </section>
  );
}

/** Which line is shared, such as a bottle. */
function OneLine({ session, check, line, onLine }: {
  session: Session;
  check: Check;
  line: OpId;
  onLine: (line: OpId) => void;
}) {
  const { money } = toldOf(session);
  return (
    <ul class="choices">
      {check.lines.filter(isWhole).map((each) => (
        <li key={each.id}>
          <button
            type="button"
            class="pick"
            aria-pressed={each.id === line ? "true" : "false"}
            onClick={() => onLine(each.id)}
          >
            <span>{each.quantity > 1 ? `${each.quantity} × ` : ""}{each.name}</span>
            <span class="line-price">{money(each.amounts.gross)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** By amount nothing is divided: a part is paid, and the rest stays due. */
function ByAmount({ session, check, onPayPart }: Omit<SplitSheetProps, "onClose">) {
  const [typed, setTyped] = useState("");
  const { money } = toldOf(session);
  const amount = parseAmount(typed, session.config.value?.currencyDigits ?? DIGITS);
  const fits = amount !== undefined && amount > 0 && amount <= check.due;
  const pay = (event: Event) => {
    event.preventDefault();
    if (fits) onPayPart(amount);
  };
  return (
    <form class="stack" onSubmit={pay} noValidate>
      <Field
        label="This guest pays"
        value={typed}
        onInput={setTyped}
        inputMode="decimal"
        note={`Of ${money(check.due)} due. The rest stays on the check.`}
        trouble={typed !== "" && !fits ? `Write an amount up to ${money(check.due)}.` : undefined}
      />
      <Button kind="main" type="submit" disabled={!fits}>
        {fits ? `Take ${money(amount)} of it` : "Take a part of it"}
      </Button>
    </form>
  );
}
