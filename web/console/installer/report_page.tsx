/** A signed report: one page to print, or a link to keep, with what drifted since the one before it. */
import { useEffect, useState } from "preact/hooks";
import { sayDrift } from "../../../shared/install/compare.ts";
import type { Row } from "../../../shared/install/list.ts";
import { questionOf } from "../../../shared/install/questions.ts";
import type { Report } from "../../../shared/install/report.ts";
import { weigh } from "../../../shared/install/survey.ts";
import { ReportResponse } from "../../../shared/install_api.ts";
import { request } from "../../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../../lib/loaded.ts";
import { sayClock, sayDate } from "../../lib/time.ts";
import { Button } from "../../ui/button.tsx";
import { Failed, Loading } from "../../ui/states.tsx";
import { StateMark } from "../../ui/state_mark.tsx";
import { PairMatrix } from "./pairs.tsx";
import { WalkTable } from "./walks.tsx";
import { MARKS, rowWord, sayTotals } from "./words.ts";

export function ReportPage({ id }: { readonly id: string }) {
  const [current, setCurrent] = useState<Loaded<ReportResponse>>(LOADING);
  const fetch = async () => setCurrent(toLoaded(await request(ReportResponse, `/api/install/reports/${id}`)));
  useEffect(() => void fetch(), [id]);
  return (
    <div class="page report">
      <nav class="top report-nav" aria-label="Report">
        <a class="button button-quiet" href="#/">Back to the list</a>
        <Button kind="main" onPress={() => print()}>Print</Button>
      </nav>
      {current.kind === "loading" && <Loading what="the report" />}
      {current.kind === "failed" && <Failed what="the report" message={current.message} onRetry={fetch} />}
      {current.kind === "ready" && <Paper {...current.data} />}
    </div>
  );
}

function Paper({ report, before, drift }: ReportResponse) {
  return (
    <main class="paper">
      <header class="paper-head">
        <h1>{report.venue}: installation report</h1>
        <p>{sayWhen(Date.parse(report.at))}, signed by {report.by}. {sayTotals(report.totals)}.</p>
        {report.note && <p>{report.note}</p>}
        <p class="small soft">{registersLine(report)}</p>
      </header>
      <section class="paper-part" aria-labelledby="drift-title">
        <h2 id="drift-title">Since the last report</h2>
        {before === null
          ? <p>This is the first report of this venue.</p>
          : <p>Compared with {sayWhen(Date.parse(before.at))}, signed by {before.by}: {sayDrift(drift)}</p>}
        <ul>
          {drift.map(({ way, text }) => (
            <li key={text}>
              <StateMark mark={way === "worse" ? "act" : way === "better" ? "fine" : "unknown"} word={way} /> {text}
            </li>
          ))}
        </ul>
      </section>
      <div class="paper-columns">
        <Part title="Setup" rows={report.rows.filter(({ from }) => from === "seed")} />
        <Part title="Network and hub" rows={report.rows.filter(({ from }) => from === "own")} />
      </div>
      {report.walks.length > 0 && (
        <section class="paper-part" aria-labelledby="paper-walks">
          <h2 id="paper-walks">Walk tests</h2>
          <WalkTable walks={report.walks} sayWhen={sayWhen} />
        </section>
      )}
      {report.pairs.length > 0 && (
        <section class="paper-part" aria-labelledby="paper-pairs">
          <h2 id="paper-pairs">Pairs</h2>
          <PairMatrix pairs={report.pairs} />
        </section>
      )}
      <Answers report={report} />
      <p class="small soft">Hub {report.hub} · {location.href}</p>
    </main>
  );
}

function Part({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  return (
    <section class="paper-part" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {rows.map((row) => (
          <li key={row.code} class="paper-row">
            <StateMark mark={MARKS[row.state]} word="" />
            <span>
              <strong>{row.wants}</strong> {rowWord(row)}. <span class="soft">{textOf(row)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** On paper there is room for one thing: what the state rests on, with how and when. */
function textOf({ by, measured, answered }: Row): string {
  if (by === "answered") return answered?.text ?? "";
  return measured.at === null
    ? measured.text
    : `${measured.text} (${measured.how}, ${sayClock(Date.parse(measured.at))})`;
}

function Answers({ report }: { readonly report: Report }) {
  if (report.answers.length === 0) return null;
  const nameOf = (id: string | null) => report.registers.find((register) => register.id === id)?.name;
  return (
    <section class="paper-part" aria-labelledby="paper-answers">
      <h2 id="paper-answers">Answered by hand</h2>
      <ul class="paper-answers">
        {report.answers.map((answer) => (
          <li key={`${answer.question} ${answer.register}`}>
            {questionOf(answer.question)?.ask} {nameOf(answer.register)} <strong>{weigh(answer).text}</strong>
            <span class="soft">{` ${answer.by}, ${sayWhen(Date.parse(answer.at))}. ${answer.note}`}</span>
            {answer.photo && (
              <img
                class="photo"
                src={`/api/install/photos/${answer.photo}`}
                alt={`Photo: ${answer.note || questionOf(answer.question)?.ask}`}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function registersLine({ registers }: Report): string {
  return registers.map(({ name, letter, device, app, address }) =>
    [`${name} (${letter})`, device, app && `app ${app}`, address].filter(Boolean).join(", ")
  ).join(" · ");
}

/** A report is read years later: always the date with its year. */
function sayWhen(at: number): string {
  return `${sayDate(at, 0)} ${sayClock(at)}`;
}
