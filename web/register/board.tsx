/** The board: the checks, by the question that staff come with. */
import type { Signal } from "@preact/signals";
import type { Check } from "../../shared/check/check.ts";
import { sayDateAndClock } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/states.tsx";
import { useAction } from "./action.ts";
import { byTable, checksOf, type Tab, TABS } from "./board_view.ts";
import { Cards, Questions } from "./cards.tsx";
import { ComplaintNote } from "./complaint_note.tsx";
import { ClearedNote } from "./cleared_note.tsx";
import { FindBox } from "./find_box.tsx";
import { IdleNotes } from "./idle_notes.tsx";
import { NewerWord } from "./newer_word.tsx";
import type { Register } from "./register.ts";
import { checkHash, SHIFT } from "./route.ts";
import type { Session } from "./session.ts";
import { SyncWord } from "./sync_word.tsx";
import { TroubleNote } from "./trouble_note.tsx";

const NAMES: Record<Tab, string> = {
  mine: "Mine",
  all: "All",
  attention: "Needs attention",
  tables: "By table",
  closed: "Closed today",
};
const EMPTY: Record<Tab, { readonly title: string; readonly text: string }> = {
  mine: { title: "No open checks here", text: "Checks that you opened show here. All shows those of every register." },
  all: { title: "No open checks", text: "Tap New check to begin one. It shows on every register." },
  attention: {
    title: "Nothing needs attention",
    text: "A check that was paid twice, or closed too early, shows here.",
  },
  tables: { title: "No open checks", text: "Checks with a table show here, table by table." },
  closed: { title: "Nothing closed today", text: "Checks stay here until five in the morning." },
};

interface BoardProps {
  readonly session: Session;
  readonly tab: Signal<Tab>; // kept while a check is looked at
  readonly register: Register;
}

export function Board({ session, tab, register }: BoardProps) {
  const { name, venue } = session.enrolment.value;
  const now = session.clock.value;
  const of = (each: Tab) => checksOf(each, session.checks.value, now, session.who.viewer);
  const action = useAction();
  const open = () =>
    action.run(async () => {
      const owner = session.who.name;
      const number = session.nextNumber();
      const outcome = await session.write({ kind: "check.open", number, ...(owner ? { owner } : {}) });
      if (outcome.ok) location.hash = checkHash(outcome.id);
      return outcome;
    });
  return (
    <div class="board">
      <header class="bar">
        <h1 class="bar-title" tabIndex={-1}>
          {name} <span class="soft bar-venue">{venue}</span>
        </h1>
        <NewerWord shell={register.shell} />
        <SyncWord session={session} />
      </header>
      <main class="board-main">
        <div class="tabs" role="group" aria-label="Which checks">
          {TABS.map((each) => (
            <button
              key={each}
              type="button"
              class="tab"
              aria-pressed={tab.value === each ? "true" : "false"}
              onClick={() => (tab.value = each)}
            >
              {NAMES[each]} {each !== "tables" && <span class="tab-count">{of(each).length}</span>}
            </button>
          ))}
        </div>
        <ComplaintNote session={session} />
        <ClearedNote kept={register.kept} />
        <IdleNotes session={session} />
        {tab.value === "closed"
          ? (
            <FindBox session={session}>
              <Shown key={tab.value} session={session} tab={tab.value} checks={of(tab.value)} />
            </FindBox>
          )
          : <Shown key={tab.value} session={session} tab={tab.value} checks={of(tab.value)} />}
      </main>
      <footer class="board-foot">
        <TroubleNote text={action.trouble} />
        <a class="button button-quiet shift-link" href={SHIFT}>{shiftWords(session, now)}</a>
        <Button kind="main" onPress={open} busy={action.busy}>
          <span class="new-check">New check</span>
        </Button>
      </footer>
    </div>
  );
}

interface ShownProps {
  readonly session: Session;
  readonly tab: Tab;
  readonly checks: readonly Check[];
}

function Shown({ session, tab, checks }: ShownProps) {
  if (tab === "tables" && checks.length > 0) return <Tables session={session} checks={checks} />;
  return (
    <>
      {checks.length === 0 && (
        <Empty title={EMPTY[tab].title}>
          <p class="soft">{EMPTY[tab].text}</p>
        </Empty>
      )}
      {tab === "attention"
        ? <Questions session={session} checks={checks} />
        : <Cards session={session} checks={checks} />}
    </>
  );
}

function Tables({ session, checks }: { session: Session; checks: readonly Check[] }) {
  return byTable(checks).map(({ title, checks: own }) => (
    <section key={title} class="stack table-group">
      <h2>{title}</h2>
      <Cards session={session} checks={own} />
    </section>
  ));
}

function shiftWords(session: Session, now: number): string {
  const shift = session.shift.value;
  return shift ? `Shift since ${sayDateAndClock(shift.openedAt.ms, now)}` : "Open a shift";
}
