/** The list that fills itself: what to do next on top, every rule, questions, walk tests, pairs, and the report at the end. */
import type { Row } from "../../../shared/install/list.ts";
import { QUESTIONS } from "../../../shared/install/questions.ts";
import type { InstallView } from "../../../shared/install_api.ts";
import { sayInstant } from "../../lib/time.ts";
import { StateMark } from "../../ui/state_mark.tsx";
import { now } from "../state.ts";
import { AskDhcp } from "./ask_dhcp.tsx";
import { Drawing } from "./drawing.tsx";
import { Pairs } from "./pairs.tsx";
import { QuestionForm } from "./question.tsx";
import { Reports } from "./reports.tsx";
import { stale } from "./state.ts";
import { Walks } from "./walks.tsx";
import { MARKS, rowWord, sayTotals } from "./words.ts";

export function ListPage({ view }: { readonly view: InstallView }) {
  const [seed, own] = [view.rows.filter(({ from }) => from === "seed"), view.rows.filter(({ from }) => from === "own")];
  return (
    <div class="page install">
      <header class="top">
        <h1 class="top-venue">Installing {view.venue}</h1>
        <a class="button button-quiet" href="/">To the venue</a>
      </header>
      <main class="install-main">
        <p class="install-totals soft" role="status">
          {stale.value === null ? sayTotals(view.totals) : `${stale.value} What stands here is the past.`}
        </p>
        <NextThing view={view} />
        <div class="install-columns">
          <div class="install-column">
            <Rules title="Setup" rows={seed} view={view} />
          </div>
          <div class="install-column">
            <Walks view={view} />
            <Pairs pairs={view.pairs} />
            <Rules title="Network and hub" rows={own} view={view} />
            <Reports view={view} />
          </div>
        </div>
      </main>
    </div>
  );
}

function NextThing({ view }: { readonly view: InstallView }) {
  const { next } = view;
  return (
    <section class="next" aria-label="Next">
      <Drawing kind={next.kind} />
      <div class="next-words">
        <p class="next-text" aria-live="polite">{next.text}</p>
      </div>
      {next.kind === "register"
        ? <a class="button button-main" href="/#/add">Add a register</a>
        : <a class="button button-main" href={`#${placeOf(view)}`} onClick={goTo}>Go there</a>}
    </section>
  );
}

/** The id of what the sentence speaks of. */
function placeOf({ next }: InstallView): string {
  switch (next.kind) {
    case "answer":
      return `question-${next.at}`;
    case "walk":
      return "walks";
    case "report":
      return "reports";
    default:
      return `rule-${next.at}`;
  }
}

/** Scrolls and focuses without a new address: the one in the bar stays good to keep. */
function goTo(event: Event): void {
  event.preventDefault();
  const place = document.getElementById((event.currentTarget as HTMLAnchorElement).hash.slice(1));
  place?.closest("details")?.setAttribute("open", "");
  place?.scrollIntoView({ block: "center" });
  place?.focus({ preventScroll: true });
}

function Rules({ title, rows, view }: {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly view: InstallView;
}) {
  return (
    <section aria-label={title}>
      <div class="section-head">
        <h2>{title}</h2>
      </div>
      <ul>{rows.map((row) => <RuleRow key={row.code} row={row} view={view} />)}</ul>
    </section>
  );
}

function RuleRow({ row, view }: { readonly row: Row; readonly view: InstallView }) {
  const { measured } = row;
  const questions = QUESTIONS.filter(({ rule }) => rule === row.code);
  return (
    <li class="rule" id={`rule-${row.code}`} tabIndex={-1}>
      <span class="rule-mark">
        <StateMark mark={MARKS[row.state]} word="" />
      </span>
      <div class="rule-words">
        <p class="rule-head">
          <strong>{row.wants}</strong> <span class={`rule-word rule-${row.state}`}>{rowWord(row)}</span>
        </p>
        <p class="rule-text">{measured.text}</p>
        {row.answered && <p class="rule-text">Answered: {row.answered.text}</p>}
        <p class="small soft">
          {measured.how}
          {measured.at === null ? "" : `, ${sayInstant(Date.parse(measured.at), now.value)}`} · {row.code}
        </p>
        {row.code === "second-dhcp" && <AskDhcp isAsked={measured.at !== null} />}
        {questions.map((question) => (
          <QuestionForm key={question.id} question={question} view={view} settled={isSettled(row)} />
        ))}
      </div>
    </li>
  );
}

/** What was measured and passed needs no answer; its questions stay at hand. */
function isSettled({ by, state }: Row): boolean {
  return by === "measured" && state === "passed";
}
