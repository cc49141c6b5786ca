/** A guided runbook: one step at a time in big words, what is measured as it is measured, and at the end what fixed it. */
import { useState } from "preact/hooks";
import { type RunbookStep, RunbookView } from "../../shared/runbook_api.ts";
import { request } from "../lib/http.ts";
import { sayClockWithSeconds } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Empty } from "../ui/states.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { beginGuide } from "./guide_begin.ts";
import { endMark, endTitle, lastDone, sayPast, sayProgress } from "./guide_words.ts";
import { asOf, loadView, showToast } from "./state.ts";

interface GuideProps {
  readonly run: RunbookView | undefined; // undefined: it ended some time ago, or the link is old
  readonly onClose: () => void;
}

export function Guide({ run, onClose }: GuideProps) {
  return (
    <Dialog title={run?.title ?? "Guide"} onClose={onClose}>
      {run === undefined
        ? <Empty title="This guide is over">Begin it again where you need it.</Empty>
        : run.end
        ? <Ended run={run} onClose={onClose} />
        : <Going run={run} />}
    </Dialog>
  );
}

function Going({ run }: { readonly run: RunbookView }) {
  const now = run.steps.find(({ state }) => state === "now");
  const { step, of } = sayProgress(run);
  const progress = `Step ${step} of ${of}`;
  const last = lastDone(run);
  const text = now?.text ?? "Looking whether it helped. Leave everything as it is.";
  return (
    <section class="guide" aria-label="The step to do now">
      <p class="spoken" role="status">{`${last?.said ?? ""} ${progress}: ${text}`}</p>
      <div class="guide-progress">
        <p class="guide-head soft">
          <span>{progress}</span>
          {run.measured && <span class="small">ticked by the hub once it is measured</span>}
        </p>
        <div class="guide-bar" aria-hidden="true">
          {Array.from({ length: of }, (_, n) => <span key={n} class={partClass(n, step, now !== undefined)} />)}
        </div>
      </div>
      <div class="guide-last">{last && <Tick step={last} />}</div>
      <p class="guide-text">{text}</p>
      <p class="guide-now">
        <StateMark mark="unknown" word={now?.said ? "Measured now:" : ""} />
        <span>
          {asOf.value ? `The hub is away, ${asOf.value}.` : now?.said ?? "It has been well for a few seconds."}
        </span>
      </p>
      <Answers run={run} step={now} />
      <Past steps={run.steps} />
    </section>
  );
}

function partClass(n: number, step: number, isDoing: boolean): string {
  const done = n < step - 1 || (n === step - 1 && !isDoing);
  return done ? "guide-part guide-part-done" : n === step - 1 ? "guide-part guide-part-now" : "guide-part";
}

/** What is pressed says what it does; the same places for every step, so that a finger finds them. */
function Answers({ run, step }: { readonly run: RunbookView; readonly step: RunbookStep | undefined }) {
  const [busy, setBusy] = useState(false);
  const at = `/api/runbooks/${encodeURIComponent(run.id)}`;
  async function send(path: string, body: unknown) {
    setBusy(true);
    const answer = await request(RunbookView, path, { method: "POST", body });
    if (!answer.ok) showToast(answer.message);
    await loadView();
    setBusy(false);
  }
  const reply = (how: "done" | "skipped") => step && send(`${at}/steps/${encodeURIComponent(step.id)}/done`, { how });
  const off = asOf.value !== null || busy;
  const { asks, measured } = run;
  return (
    <div class="guide-answers">
      <Button kind={measured ? "plain" : "main"} disabled={off || !step} onPress={() => reply("done")}>
        {asks ? "Yes, all is well" : "It is done"}
      </Button>
      <Button disabled={off || !step} onPress={() => reply("skipped")}>{asks ? "No" : "Go on without it"}</Button>
      <Button kind="quiet" disabled={off} onPress={() => send(`${at}/stop`, {})}>Stop</Button>
    </div>
  );
}

function Ended({ run, onClose }: { readonly run: RunbookView; readonly onClose: () => void }) {
  const { end } = run;
  const [busy, setBusy] = useState(false);
  if (!end) return null;
  const proof = run.steps.find(({ id }) => id === end.step);
  async function next() {
    if (!end?.next) return;
    setBusy(true);
    await beginGuide(end.next.kind, end.next.subject);
    setBusy(false);
  }
  return (
    <section class="guide" aria-label="How it ended">
      <p class="spoken" role="status">{`${endTitle(end)}: ${end.text}`}</p>
      <h3 class="guide-end">
        <StateMark mark={endMark(end)} word="" />
        {endTitle(end)}
      </h3>
      <p class="guide-text">{end.text}</p>
      <div class="guide-last">{proof?.state === "done" && <Tick step={proof} />}</div>
      <div class="guide-answers">
        {end.next && <Button kind="main" busy={busy} disabled={asOf.value !== null} onPress={next}>Go on</Button>}
        <Button kind={end.next ? "plain" : "main"} onPress={onClose}>{end.next ? "Not now" : "Good"}</Button>
      </div>
      <Past steps={run.steps} />
    </section>
  );
}

function Tick({ step }: { readonly step: RunbookStep }) {
  return (
    <p class="guide-tick">
      <StateMark mark="fine" word="Done:" />
      <span>
        {step.said} <time dateTime={step.at ?? ""}>{clock(step)}</time>
        {step.already && " It was so already."}
      </span>
    </p>
  );
}

function clock({ at }: RunbookStep): string {
  return at === null ? "" : `${sayClockWithSeconds(Date.parse(at))}.`;
}

/** Every step that is behind, with what was measured or why it was passed over. */
function Past({ steps }: { readonly steps: readonly RunbookStep[] }) {
  const past = steps.filter(({ state }) => state === "done" || state === "skipped");
  return (
    <details class="more guide-past">
      <summary>{sayPast(past) || "Nothing done yet"}</summary>
      <ol class="steps">
        {past.map((step) => (
          <li key={step.id} class={step.state === "skipped" ? "soft" : undefined}>
            {step.text}
            <span class="small soft guide-why">
              {step.state === "skipped" ? `Passed over: ${step.said}` : `${step.said} ${clock(step)}`}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
