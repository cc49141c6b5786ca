/** The board: every open check as a card that stays where it is. */
import { useRef } from "preact/hooks";
import type { Signal } from "@preact/signals";
import type { Check } from "../../shared/check/check.ts";
import { formatMoney } from "../../shared/money.ts";
import { sayClock, saySpan } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { Empty } from "../ui/states.tsx";
import { useAction } from "./action.ts";
import { checksOf, guestWords, type Tab, whereOf } from "./board_view.ts";
import { flagWord } from "./flag_words.ts";
import { NewerWord } from "./newer_word.tsx";
import { keepPlaces } from "./places.ts";
import { checkHash } from "./route.ts";
import type { Session } from "./session.ts";
import type { Shell } from "./shell.ts";
import { SyncWord } from "./sync_word.tsx";
import { TroubleNote } from "./trouble_note.tsx";

const TABS: readonly { readonly tab: Tab; readonly text: string }[] = [
  { tab: "open", text: "Open" },
  { tab: "attention", text: "Needs attention" },
  { tab: "closed", text: "Closed today" },
];
const EMPTY: Record<Tab, { readonly title: string; readonly text: string }> = {
  open: { title: "No open checks", text: "Tap New check to begin one. It shows on every register." },
  attention: {
    title: "Nothing needs attention",
    text: "A check that was paid twice, or closed too early, shows here.",
  },
  closed: { title: "Nothing closed today", text: "Checks stay here until five in the morning." },
};

interface BoardProps {
  readonly session: Session;
  readonly tab: Signal<Tab>; // kept while a check is looked at
  readonly shell: Shell;
}

export function Board({ session, tab, shell }: BoardProps) {
  const { name, venue } = session.enrolment.value;
  const checks = session.checks.value;
  const now = session.clock.value;
  const action = useAction();
  const open = () =>
    action.run(async () => {
      const outcome = await session.write({ kind: "check.open", number: session.nextNumber() });
      if (outcome.ok) location.hash = checkHash(outcome.id);
      return outcome;
    });
  return (
    <div class="board">
      <header class="bar">
        <h1 class="bar-title" tabIndex={-1}>
          {name} <span class="soft bar-venue">{venue}</span>
        </h1>
        <NewerWord shell={shell} />
        <SyncWord session={session} />
      </header>
      <main class="board-main">
        <div class="tabs" role="group" aria-label="Which checks">
          {TABS.map(({ tab: each, text }) => (
            <button
              key={each}
              type="button"
              class="tab"
              aria-pressed={tab.value === each ? "true" : "false"}
              onClick={() => (tab.value = each)}
            >
              {text} <span class="tab-count">{checksOf(each, checks, now).length}</span>
            </button>
          ))}
        </div>
        <Cards key={tab.value} session={session} tab={tab.value} checks={checksOf(tab.value, checks, now)} />
      </main>
      <footer class="board-foot">
        <TroubleNote text={action.trouble} />
        <Button kind="main" onPress={open} busy={action.busy}>
          <span class="new-check">New check</span>
        </Button>
      </footer>
    </div>
  );
}

interface CardsProps {
  readonly session: Session;
  readonly tab: Tab;
  readonly checks: readonly Check[];
}

/** Mounted anew for each look at a tab, so that places that were left standing close up then and not before. */
function Cards({ session, tab, checks }: CardsProps) {
  const stood = useRef<string[]>([]);
  stood.current = keepPlaces(stood.current, checks.map((check) => check.id));
  if (stood.current.length === 0) {
    return (
      <Empty title={EMPTY[tab].title}>
        <p class="soft">{EMPTY[tab].text}</p>
      </Empty>
    );
  }
  const shown = new Set(checks.map((check) => check.id));
  return (
    <ul class="cards">
      {stood.current.map((id) => {
        const check = session.check(id);
        return check && <Card key={id} session={session} check={check} gone={!shown.has(id)} />;
      })}
    </ul>
  );
}

function Card({ session, check, gone }: { session: Session; check: Check; gone: boolean }) {
  const money = (amount: number) => formatMoney(amount, session.config.value?.currencyDigits);
  const closed = check.state === "closed";
  const where = whereOf(check) ?? (check.state === "awaited" ? "Not all here yet" : undefined);
  const facts = [guestWords(check.guests), closed ? closing(check) : age(check, session.clock.value)].filter(Boolean);
  return (
    <li>
      <a class={gone ? "card card-gone" : "card"} href={checkHash(check.id)}>
        <span class="card-head">
          <span class="card-number">{check.number}</span>
          <span class="card-due">{money(closed && check.due <= 0 ? check.totals.total : check.due)}</span>
        </span>
        {where && <span class="card-where">{where}</span>}
        <span class="card-facts soft">{facts.join(" · ")}</span>
        <CardMarks session={session} check={check} />
      </a>
    </li>
  );
}

function CardMarks({ session, check }: { session: Session; check: Check }) {
  const alone = session.state.value !== "online" && session.unsyncedOf(check.id) > 0;
  return (
    <>
      {check.flags.map((flag) => (
        <span key={flag.code} class="card-mark card-look">
          <StateMark mark="look" word="" /> {flagWord(flag)}
        </span>
      ))}
      {alone && (
        <span class="card-mark soft">
          <StateMark mark="unknown" word="" /> on this register only
        </span>
      )}
    </>
  );
}

function age(check: Check, now: number): string {
  const ms = now - (check.openedAt?.ms ?? check.changedAt.ms);
  return ms < 60_000 ? "just now" : saySpan(ms);
}

function closing(check: Check): string {
  return `closed ${sayClock(check.closedAt?.ms ?? check.changedAt.ms)}`;
}
