/** One incident as a story: what happened, told line by line, with what was measured before, during and after. */
import type { Incident } from "../../shared/api.ts";
import { IncidentStory } from "../../shared/incident_api.ts";
import { sayClock, sayDateAndClock, saySpan } from "../lib/time.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { StatusBars } from "../ui/status_bars.tsx";
import { ChartBox } from "./chart_box.tsx";
import { sayState } from "./incident_words.ts";
import { asOf, now } from "./state.ts";
import { lanesOf, linesOf } from "./story_lanes.ts";
import { useLoaded } from "./use_loaded.ts";
import { sayCount } from "./words.ts";

export function IncidentDetail({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const [story, retry] = useLoaded(IncidentStory, `/api/incidents/${encodeURIComponent(id)}`);
  return (
    <Dialog size="wide" title={story.kind === "ready" ? titleOf(story.data) : "What happened"} onClose={onClose}>
      {story.kind === "loading" && <Loading what="the story" />}
      {story.kind === "failed" && <Failed what="the story" message={story.message} onRetry={retry} />}
      {story.kind === "ready" && <Story story={story.data} />}
    </Dialog>
  );
}

function Story({ story }: { readonly story: IncidentStory }) {
  return (
    <>
      <section class="detail-lead" aria-label="In short">
        <p class="detail-word">
          <StateMark {...sayState(story, asOf.value !== null)} /> {sayHowLong(story, now.value)}
        </p>
        {story.resolvedAt === null && <p class="soft">{story.text}</p>}
        {story.fixedBy && <p>What fixed it: {story.fixedBy}</p>}
        {story.muted && <p class="soft">It came during maintenance, so nobody was told.</p>}
      </section>
      <section class="detail-block">
        <h3>How it went</h3>
        <ol class="story">
          {story.told.map(({ at, text }, index) => (
            <li key={index}>
              <time class="soft" dateTime={at}>{sayClock(Date.parse(at))}</time>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      </section>
      <Stake story={story} />
      <Measured story={story} />
      {story.resolvedAt === null && story.runbook.length > 0 && (
        <section class="detail-block">
          <h3>What to do</h3>
          <ol class="steps">
            {story.runbook.map((step, index) => <li key={index}>{step}</li>)}
          </ol>
        </section>
      )}
    </>
  );
}

function Stake({ story: { risk } }: { readonly story: IncidentStory }) {
  if (risk.openChecks === null && risk.unsynced.length === 0) return null;
  const open = risk.openChecks === null ? "" : `${sayCount(risk.openChecks, "check")} open at most. `;
  const alone = risk.unsynced.map(({ name, changes }) => `${sayCount(changes, "change")} on ${name} alone at most.`);
  return (
    <section class="detail-block">
      <h3>What was at stake</h3>
      <p>
        {risk.openChecks === 0 ? "No check was open. " : open}
        {alone.length === 0 ? "No change was on one register alone, as far as is known." : alone.join(" ")}
      </p>
    </section>
  );
}

/** A band for each thing that was watched, all on one time line; and round trip and signal of the register it is about. */
function Measured({ story }: { readonly story: IncidentStory }) {
  const { minutes } = story;
  const first = minutes.t[0];
  const last = minutes.t.at(-1);
  if (first === undefined || last === undefined) return null;
  return (
    <section class="detail-block">
      <h3>What was measured</h3>
      <dl class="lanes">
        {lanesOf(minutes).map(({ name, bars, words }) => (
          <div key={name} class="lane">
            <dt class="small">{name}</dt>
            <dd>
              <StatusBars bars={bars} label={`${name}: ${words}`} />
            </dd>
          </div>
        ))}
        <div class="lane small soft">
          <dt class="spoken">From and to</dt>
          <dd class="lane-times">
            <span>{sayClock(first)}</span>
            <span>{sayClock(last + minutes.stepMs)}</span>
          </dd>
        </div>
      </dl>
      {linesOf(story).map(({ title, unit, lines }) => (
        <figure key={unit} class="chart">
          <figcaption>{title}</figcaption>
          <ChartBox label={title} unit={unit} t={minutes.t} lines={lines} />
        </figure>
      ))}
    </section>
  );
}

/** With the name of the register that it is about. */
function titleOf({ subject, title, minutes }: IncidentStory): string {
  const register = minutes.registers.find(({ id }) => id === subject);
  return register ? `${register.name}: ${title}` : title;
}

/** "23 Nov 19:02 to 19:10, 8 min", "since 19:02, for 8 min". */
function sayHowLong({ since, endedAt, resolvedAt }: Incident, now: number): string {
  const from = Date.parse(since);
  const end = endedAt ?? resolvedAt;
  if (resolvedAt === null || end === null) return `Since ${sayDateAndClock(from, now)}, for ${saySpan(now - from)}.`;
  const until = Date.parse(end);
  return `From ${sayDateAndClock(from, now)} to ${sayDateAndClock(until, now)}, ${saySpan(until - from)}.`;
}
