/** One check at work: what is on it left, the menu right, what can be done with it below. */
import { useEffect, useState } from "preact/hooks";
import type { Check, Line } from "../../shared/check/check.ts";
import type { MenuItem, ModifierOption } from "../../shared/menu.ts";
import { StateMark } from "../ui/state_mark.tsx";
import { guestWords, whereOf } from "./board_view.ts";
import { CheckFoot, type FootSheet } from "./check_foot.tsx";
import { CheckSheet, type Sheet } from "./check_sheet.tsx";
import { FlagNotes } from "./flag_notes.tsx";
import { checkHere } from "./here_words.ts";
import { IdleNotes } from "./idle_notes.tsx";
import { Lines } from "./lines.tsx";
import { TotalsList } from "./totals_list.tsx";
import { Menu } from "./menu.tsx";
import { Related } from "./related_row.tsx";
import { BOARD } from "./route.ts";
import { SeatRow } from "./seat_row.tsx";
import { seenWords } from "./seen_words.ts";
import type { Session } from "./session.ts";
import { Story } from "./story.tsx";
import { SyncWord } from "./sync_word.tsx";
import { toldOf } from "./told_of.ts";
import { type Undo, undoLine } from "./undo.ts";
import { UndoNote } from "./undo_note.tsx";
import { TroubleNote } from "./trouble_note.tsx";

type Side = "lines" | "menu"; // which of the two a narrow screen shows

interface CheckViewProps {
  readonly session: Session;
  readonly check: Check;
  readonly opens?: "pay";
}

export function CheckView({ session, check, opens }: CheckViewProps) {
  const [sheet, showSheet] = useState<Sheet | null>(opens ? { kind: "pay" } : null);
  const [side, setSide] = useState<Side>(check.lines.length === 0 ? "menu" : "lines");
  const [seat, setSeat] = useState(0); // for new lines
  const [undo, setUndo] = useState<Undo | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const told = toldOf(session);
  const open = check.state === "open";
  const setSheet = (next: Sheet | null) => {
    if (next) setUndo(null); // what comes now is done to the line as it is
    showSheet(next);
  };
  const pay = () => setSheet({ kind: "pay" });
  useEffect(() => open ? session.enter(check.id) : undefined, [session, check.id, open]);

  const add = async ({ sku, name, price, taxes }: MenuItem, modifiers: ModifierOption[]) => {
    const outcome = await session.write({
      ...{ kind: "line.add", check: check.id, sku, name, price, quantity: 1, taxes: [...taxes] },
      ...(modifiers.length > 0 ? { modifiers } : {}),
      ...(seat > 0 ? { seat } : {}),
    });
    setTrouble(outcome.ok ? null : outcome.message);
    if (outcome.ok) setUndo(undoLine(name, check.id, outcome.id, session.clock.value));
  };

  return (
    <div class={`check check-shows-${open ? side : "lines"} ${open ? "" : "check-closed"}`}>
      <header class="bar">
        <a class="back" href={BOARD}>
          <span class="back-word">Checks</span>
        </a>
        <div class="check-title">
          <h1 class="bar-title" tabIndex={-1}>
            <span class="spoken">Check</span> {check.number}
          </h1>
          <p class="here soft" role="status">{checkHere(session.othersIn(check.id), told.nameOf)}</p>
        </div>
        <button type="button" class="who" onClick={() => setSheet({ kind: "details" })}>
          <span class="spoken">Table, name and guests:</span> {whoWords(check)}
        </button>
        <SyncWord session={session} />
      </header>
      <main class="check-main">
        <section class="check-lines" aria-label="On this check">
          <div class="check-scroll">
            <FlagNotes session={session} check={check} onPay={pay} />
            <IdleNotes session={session} />
            <Related session={session} check={check} />
            <Lines check={check} told={told} onChoose={({ id }: Line) => setSheet({ kind: "line", id })} />
            <TotalsList check={check} told={told} onChoose={setSheet} />
            <SeenNote session={session} check={check} />
            <Story check={check} told={told} now={session.clock.value} />
          </div>
        </section>
        {open && (
          <section class="check-menu" aria-label="Menu">
            <SeatRow check={check} seat={seat} onChoose={setSeat} />
            <Menu session={session} onAdd={add} />
          </section>
        )}
      </main>
      <footer class="check-foot">
        <UndoNote session={session} undo={undo} onDone={() => setUndo(null)} />
        <TroubleNote text={trouble} />
        {open && <Sides side={side} count={standing(check)} onChoose={setSide} />}
        <CheckFoot session={session} check={check} onSheet={(kind: FootSheet) => setSheet({ kind })} />
      </footer>
      <CheckSheet session={session} check={check} sheet={sheet} onSheet={setSheet} onUndo={setUndo} />
    </div>
  );
}

function Sides({ side, count, onChoose }: { side: Side; count: number; onChoose: (side: Side) => void }) {
  return (
    <div class="sides" role="group" aria-label="Show">
      <button type="button" class="tab" aria-pressed={side === "lines"} onClick={() => onChoose("lines")}>
        On the check <span class="tab-count">{count}</span>
      </button>
      <button type="button" class="tab" aria-pressed={side === "menu"} onClick={() => onChoose("menu")}>Menu</button>
    </div>
  );
}

/** Where this check is kept, as far as anybody said. */
function SeenNote({ session, check }: { session: Session; check: Check }) {
  const { mark, text } = seenWords(session.seenBy(check.id), session.unsyncedOf(check.id));
  return (
    <p class="seen soft">
      <StateMark mark={mark} word="" /> {text}
    </p>
  );
}

function standing(check: Check): number {
  return check.lines.reduce((sum, line) => sum + (line.voided ? 0 : line.quantity), 0);
}

function whoWords(check: Check): string {
  return [whereOf(check), guestWords(check.guests), check.owner].filter(Boolean).join(" · ") || "Add table or name";
}
