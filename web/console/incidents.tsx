/** What happened: what is open first, then the last day; older ones are asked for. */
import { useState } from "preact/hooks";
import { type Incident, IncidentsResponse, type View } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../lib/loaded.ts";
import { sayDateAndClock, saySpan } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { sayState, sayWhat } from "./incident_words.ts";
import { go } from "./route.ts";
import { asOf, now } from "./state.ts";
import { sayList } from "./words.ts";

export function Incidents({ view }: { readonly view: View }) {
  const recent = inOrder(onTop(view.incidents));
  return (
    <section class="area-incidents" aria-labelledby="incidents">
      <div class="section-head">
        <h2 id="incidents">What happened</h2>
        <span class="soft small">{asOf.value ?? "last 24 hours"}</span>
      </div>
      {recent.length === 0
        ? (
          <p class="nothing soft">
            {asOf.value ? "Not known while the hub is away." : "Nothing in the last 24 hours."}
          </p>
        )
        : <IncidentList incidents={recent} />}
      <Earlier shown={new Set(recent.map(({ id }) => id))} />
    </section>
  );
}

function Earlier({ shown }: { readonly shown: ReadonlySet<string> }) {
  const [earlier, setEarlier] = useState<Loaded<IncidentsResponse> | null>(null);
  async function load() {
    setEarlier(LOADING);
    setEarlier(toLoaded(await request(IncidentsResponse, "/api/incidents")));
  }
  if (earlier === null) return <Button kind="quiet" onPress={load}>Show earlier</Button>;
  if (earlier.kind === "loading") return <Loading what="earlier incidents" />;
  if (earlier.kind === "failed") return <Failed what="earlier incidents" message={earlier.message} onRetry={load} />;
  const older = inOrder(onTop(earlier.data.incidents).filter(({ id }) => !shown.has(id)));
  return older.length === 0 ? <p class="nothing soft">Nothing before that.</p> : <IncidentList incidents={older} />;
}

function IncidentList({ incidents }: { readonly incidents: readonly Incident[] }) {
  return (
    <ul class="incidents">
      {incidents.map((incident) => <IncidentItem key={incident.id} incident={incident} />)}
    </ul>
  );
}

function IncidentItem({ incident }: { readonly incident: Incident }) {
  const openedAt = Date.parse(incident.openedAt);
  const resolvedAt = incident.resolvedAt === null ? null : Date.parse(incident.resolvedAt);
  const open = resolvedAt === null;
  const span = saySpan((resolvedAt ?? now.value) - openedAt);
  const { mark, word } = sayState(incident, asOf.value !== null);
  return (
    <li class="incident">
      <time class="incident-when" dateTime={incident.openedAt} title={new Date(openedAt).toLocaleString()}>
        {sayDateAndClock(openedAt, now.value)}
      </time>
      <span class="incident-mark">
        <StateMark mark={mark} word={word} />
      </span>
      <div class="incident-words">
        <h3>
          <button class="incident-open" type="button" onClick={() => go({ kind: "incident", id: incident.id })}>
            {incident.title}
          </button>
        </h3>
        <p class="soft">{sayWhat(incident)}</p>
        {sayTouched(incident) && <p class="incident-effects small">{sayTouched(incident)}</p>}
        {incident.fixedBy && <p>What fixed it: {incident.fixedBy}</p>}
        {!open && mark === "unknown" && <p class="soft small" aria-hidden="true">{word}.</p>}
        {incident.muted && <p class="soft small">During maintenance: nobody was told.</p>}
      </div>
      <p class="incident-span">{open ? `open for ${span}` : span}</p>
    </li>
  );
}

/** An effect is told by the one that it is an effect of, as long as that one is in the list. */
function onTop(incidents: readonly Incident[]): Incident[] {
  const ids = new Set(incidents.map(({ id }) => id));
  return incidents.filter(({ parentId }) => parentId === null || !ids.has(parentId));
}

/** "With it: Bar and Till 1." */
function sayTouched({ effects }: Incident): string {
  const names = effects.filter(({ code }) => code === "register-silent").map(({ name }) => name);
  return names.length === 0 ? "" : `With it: ${sayList(names)}.`;
}

function inOrder(incidents: readonly Incident[]): Incident[] {
  const rank = (incident: Incident) => incident.resolvedAt === null ? 0 : 1;
  return [...incidents].sort((a, b) => rank(a) - rank(b) || Date.parse(b.openedAt) - Date.parse(a.openedAt));
}
