/** Facts in, incidents out: every rule once a round, what it found with its life, kept on disk. */
import type { Incident as IncidentView } from "../shared/api.ts";
import { type Random, randomWord } from "../shared/ids.ts";
import type { IncidentStory } from "../shared/incident_api.ts";
import { RULES } from "../shared/rules/all.ts";
import { type Ends, endsAfter, NO_ENDS } from "../shared/rules/ends.ts";
import type { Facts } from "../shared/rules/facts.ts";
import { type Incident, type IncidentState, openIncidents, restoreIncidents } from "../shared/rules/incident.ts";
import { evaluate } from "../shared/rules/rule.ts";
import { incidentSetBack } from "../shared/rules/set_back.ts";
import { step } from "../shared/rules/step.ts";
import { byImportance } from "../shared/rules/verdict.ts";
import type { Chronicle } from "./chronicle.ts";
import type { Incidents } from "./store/incidents.ts";

const RECENT_MS = 24 * 60 * 60_000; // how long an ended incident is still shown
const RECENT_MAX = 50;
const RESTORED_MAX = 500; // of the last day, to know what comes and goes
const ID_LENGTH = 10;

export interface JudgeDeps {
  readonly store: Incidents<Incident>;
  readonly random: Random;
  readonly guarded: (write: () => void) => void; // runs a write and says so when it fails
  readonly chronicle: Pick<Chronicle, "weather" | "excuse" | "story">;
  readonly view: (incident: Incident) => IncidentView;
  readonly startedAt: number;
}

export class Judge {
  readonly #deps: JudgeDeps;
  #state: IncidentState;
  #ends: Ends;

  /** Goes on with the incidents that were open when the hub stopped; none of them fires anew. */
  constructor(deps: JudgeDeps) {
    this.#deps = deps;
    const ended = deps.store.recent(deps.startedAt - RECENT_MS, RESTORED_MAX).filter((each) =>
      each.resolvedAt !== undefined
    );
    const open = deps.store.open().map((incident) => notAhead(incident, deps.startedAt));
    this.#state = restoreIncidents([...open, ...ended]);
    this.#ends = endsAfter(NO_ENDS, ended.toSorted((a, b) => a.resolvedAt! - b.resolvedAt!));
  }

  /** One round. */
  tick(facts: Facts): void {
    const { store, random, guarded, chronicle } = this.#deps;
    const newId = () => randomWord(random, ID_LENGTH);
    const readings = chronicle.excuse(evaluate(RULES, facts), facts);
    const { state, rows } = step(this.#state, readings, facts.now, newId, chronicle.weather(facts.now));
    this.#state = state;
    const ended = rows.filter(({ kind }) => kind === "resolved").map(({ incident }) => incident);
    this.#ends = endsAfter(this.#ends, ended, facts);
    if (rows.length > 0) guarded(() => store.save(rows.map((row) => row.incident)));
  }

  /** How what is not found any more ended. */
  get ends(): Ends {
    return this.#ends;
  }

  /** What is wrong now, effects of other things among it. */
  open(): Incident[] {
    return openIncidents(this.#state);
  }

  /** What is wrong now and is not the effect of something else that is, most important first. */
  found(): Incident[] {
    return this.open().filter((incident) => incident.under === undefined).toSorted(byImportance);
  }

  /** One with its whole story, however old; the words of an open one are as of the last round. */
  story(id: string, now: number): IncidentStory | undefined {
    const { store, chronicle, view } = this.#deps;
    const found = this.open().find((incident) => incident.id === id) ?? store.get(id);
    return found && { ...view(found), ...chronicle.story(found, now) };
  }

  /** As consoles show them: open ones first, then those that ended in the last day, the newest first. */
  recent(now: number): IncidentView[] {
    const open = this.open().toSorted((a, b) => b.openedAt - a.openedAt); // their words are newer in memory than on disk
    const ended = this.#deps.store.recent(now - RECENT_MS, RECENT_MAX).filter((incident) =>
      incident.resolvedAt !== undefined
    );
    return [...open, ...ended].map(this.#deps.view);
  }
}

/** The clock may have been set back while the hub was off. */
function notAhead(incident: Incident, now: number): Incident {
  return incidentSetBack(incident, Math.max(0, incident.changedAt - now));
}
