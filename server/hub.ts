/**
 * The wiring diagram. Two planes, one direction:
 *
 *   data plane    a message comes in → `receive` → log → the sessions that lack it, at once
 *   health plane  every second → `tick` → presence → facts → rules → incidents → store → view → consoles
 *
 * Health never calls the data plane, rules never read the store, and consoles get the whole view each time.
 */
import type { CheckSummary, Finding, HeartbeatResponse, Incident, Liveness, Settings, View } from "../shared/api.ts";
import type { Check } from "../shared/check/check.ts";
import { foldCheck } from "../shared/check/fold.ts";
import type { Heartbeat } from "../shared/heartbeat.ts";
import { type OpId, type Random, randomWord, type RegisterId, registerOf } from "../shared/ids.ts";
import { RULES } from "../shared/rules/all.ts";
import { causeOf } from "../shared/rules/cause.ts";
import type { Facts, RegisterFacts } from "../shared/rules/facts.ts";
import {
  type Incident as OpenIncident,
  type IncidentState,
  openIncidents,
  restoreIncidents,
  step,
} from "../shared/rules/incident.ts";
import { liveness } from "../shared/rules/liveness.ts";
import { evaluate } from "../shared/rules/rule.ts";
import { verdict } from "../shared/rules/verdict.ts";
import { countAhead } from "../shared/sync/vector.ts";
import {
  CLOSE,
  type Close,
  type Hello,
  type HubMessage,
  type Peer,
  type RegisterMessage,
  WIRE_VERSION,
} from "../shared/wire.ts";
import { Feed } from "./feed.ts";
import { Health } from "./health.ts";
import { Presence, type Session, type Socket } from "./presence.ts";
import type { Checks } from "./store/checks.ts";
import type { Incidents } from "./store/incidents.ts";
import type { StoredLog } from "./store/ops.ts";
import type { Samples } from "./store/samples.ts";
import type { RegisterRow, VenueStore } from "./store/venue.ts";
import { Sync } from "./sync.ts";
import type { Venue } from "./venue.ts";
import { findingView, incidentView, instant, makeView, roundTrip, summaryOf } from "./view.ts";

export const TICK_MS = 1_000;
const SAMPLE_EVERY_MS = 5_000; // one sample a register: the raw tier's step
const FACTS_SAVED_EVERY_MS = 15_000; // last-seen survives a restart to within this
const PRUNE_EVERY_MS = 60 * 60_000;
const BARS_EVERY_MS = 60_000; // quarters of an hour do not change faster than one can see
const RECENT_INCIDENTS_MS = 24 * 60 * 60_000;
const RECENT_INCIDENTS_MAX = 50;
const SUMMARIES_PER_TICK = 200; // checks folded for lists in one second, so that a catch-up never blocks a reply
const INCIDENT_ID_LENGTH = 10;

type Chore = "sample" | "facts" | "prune" | "bars";

export interface HubDeps {
  readonly venue: Venue;
  readonly store: {
    readonly log: StoredLog;
    readonly checks: Checks;
    readonly incidents: Incidents<OpenIncident>;
    readonly samples: Samples;
    readonly venue: VenueStore;
  };
  readonly clock: { readonly now: () => number; readonly steady: () => number }; // wall time; time that never jumps
  readonly random: Random;
  readonly version: string;
  readonly urls: () => readonly string[]; // known once the hub listens
}

export class Hub {
  readonly feed = new Feed();
  readonly #deps: HubDeps;
  readonly #health: Health;
  readonly #presence = new Presence();
  readonly #sync: Sync;
  readonly #dirty: Set<OpId>; // checks whose summary is older than their ops
  readonly #startedAt: number;
  #incidents: IncidentState;
  #facts: Facts;
  #bars: ReadonlyMap<RegisterId, Liveness[]> = new Map();
  #doneAt: Record<Chore, number> = { sample: 0, facts: 0, prune: 0, bars: 0 };

  constructor(deps: HubDeps) {
    const { store, clock } = deps;
    this.#deps = deps;
    this.#startedAt = clock.now();
    this.#health = new Health(this.#startedAt);
    for (const row of deps.venue.registers()) this.#health.add(row);
    this.#dirty = new Set(store.checks.stale());
    this.#incidents = restoreIncidents(store.incidents.open());
    this.#facts = this.#health.facts(this.#startedAt, deps.venue.fact());
    this.#sync = new Sync({
      log: store.log,
      peers: () => this.#presence.all(),
      stored: (checks) => checks.forEach((check) => this.#dirty.add(check)),
      failed: (message) => this.#health.storageFailed(message, clock.now()),
    });
  }

  // ---- data plane

  /** A register introduces itself: a session, or why there is none. */
  hello(socket: Socket, hello: Hello, source: string | undefined): Session | Close {
    if (hello.version !== WIRE_VERSION) return CLOSE.wireVersion;
    const register = this.#deps.venue.registerByToken(hello.token);
    if (register === undefined) return CLOSE.unknownToken;
    if (registerOf(hello.replica) !== register) return CLOSE.wrongReplica;
    const now = this.#deps.clock.now();
    const session = this.#presence.begin({ register, replica: hello.replica, source, socket, now });
    this.#health.heard(register, now);
    socket.send({ type: "welcome", version: WIRE_VERSION, now, ...this.#standing(register) });
    this.#sync.begin(session);
    return session;
  }

  receive(session: Session, message: RegisterMessage): void {
    if (!this.#presence.isLive(session)) return; // a newer session has replaced it
    const { clock } = this.#deps;
    this.#health.heard(session.register, clock.now());
    switch (message.type) {
      case "have":
      case "delta":
        return this.#sync.receive(session, message);
      case "pong":
        return this.#presence.pong(session, message.n, clock.steady());
      case "heartbeat": {
        const { findings, configVersion } = this.heartbeat(session.register, message.heartbeat, session.source);
        const registers = this.#peers();
        return session.socket.send({ type: "answer", now: clock.now(), configVersion, findings, registers });
      }
    }
  }

  ended(session: Session, cleanly: boolean): void {
    this.#presence.end(session, cleanly, this.#deps.clock.now());
  }

  // ---- health plane

  /** A heartbeat, by whichever way it came. */
  heartbeat(register: RegisterId, beat: Heartbeat, source: string | undefined): HeartbeatResponse {
    const now = this.#deps.clock.now();
    const { configVersion } = this.#deps.venue;
    this.#health.heartbeat(register, beat, { now, source, configVersion });
    return {
      now: instant(now),
      configVersion,
      findings: this.#findings().filter((finding) => finding.subject === register),
    };
  }

  /** A round of probes has ended. */
  probed(round: Parameters<Health["probed"]>[0]): void {
    this.#health.probed(round);
  }

  /** Everything that is not urgent, once a second. */
  tick(): void {
    const { clock, venue } = this.#deps;
    const now = clock.now();
    this.#presence.tick(clock.steady());
    this.#sync.tick();
    for (const { id } of this.#health.all()) this.#health.session(id, this.#presence.fact(id, clock.steady()));
    this.#facts = this.#health.facts(now, venue.fact());
    this.#judge(now);
    this.#keep(now);
    this.#publish(now);
  }

  view(): View {
    const { store, venue, version, urls } = this.#deps;
    const facts = { ...this.#facts, now: this.#deps.clock.now() };
    return makeView({
      facts,
      settings: venue.settings,
      verdict: verdict({ findings: openIncidents(this.#incidents), facts }),
      findings: this.#findings(),
      incidents: this.incidents(),
      hub: { version, startedAt: instant(this.#startedAt), urls: [...urls()] },
      checks: store.checks.counts(),
      stateOf: (register) => liveness(register, facts),
      causeOf: (register) => causeOf(register, facts)?.text ?? null,
      behindOf: (register) => this.#behind(register),
      bars: this.#bars,
    });
  }

  /** Open incidents first, then those resolved in the last day, the newest first. */
  incidents(): Incident[] {
    const { store, clock } = this.#deps;
    const recent = store.incidents.recent(clock.now() - RECENT_INCIDENTS_MS, RECENT_INCIDENTS_MAX);
    const open = openIncidents(this.#incidents); // their words are newer in memory than on disk
    const ended = recent.filter((incident) => incident.resolvedAt !== undefined);
    return [...open.toSorted((a, b) => b.openedAt - a.openedAt), ...ended].map(incidentView);
  }

  checks(state: CheckSummary["state"] | undefined, limit: number): CheckSummary[] {
    this.#summarise(Infinity);
    return this.#deps.store.checks.list(state, limit);
  }

  /** A check with its whole story; undefined when no op of it is here. */
  check(id: OpId): Check | undefined {
    const ops = this.#deps.store.log.opsOf(id);
    return ops.length === 0 ? undefined : foldCheck(id, ops);
  }

  // ---- the venue changes

  /** A register has enrolled; what it said of itself while doing so is shown before its first heartbeat. */
  enrolled(register: RegisterRow, self: Pick<RegisterFacts, "app" | "device">): void {
    this.#health.add({ ...register, facts: self });
  }

  /** How many of a register's changes nobody else is known to hold; undefined when it never said. */
  unsyncedOf(register: RegisterId): number | undefined {
    return this.#health.register(register)?.unsynced;
  }

  has(register: RegisterId): boolean {
    return this.#health.has(register);
  }

  nameOf(register: RegisterId): string {
    return this.#health.register(register)?.name ?? register;
  }

  rename(register: RegisterId, name: string): void {
    this.#deps.venue.rename(register, name);
    this.#health.rename(register, name);
    this.#announce();
  }

  /** Un-enrols at once: its token opens nothing any more and its session ends. */
  remove(register: RegisterId): void {
    this.#deps.venue.remove(register);
    this.#health.remove(register);
    this.#presence.get(register)?.socket.close(CLOSE.unknownToken);
    this.#presence.forget(register);
  }

  change(settings: Partial<Settings>): Settings {
    const openShifts = this.#health.all().filter((register) => register.state?.shiftOpen).map((register) =>
      register.id
    );
    const changed = this.#deps.venue.change(settings, openShifts);
    this.#announce();
    return changed;
  }

  /** Writes what is still in memory and says goodbye. */
  stop(): void {
    for (const session of this.#presence.all()) session.socket.close(CLOSE.restart);
    this.feed.stop();
    this.#summarise(Infinity);
    this.#saveFacts();
    this.#deps.store.samples.flush();
  }

  // ---- within

  #judge(now: number): void {
    const { store, random } = this.#deps;
    const readings = evaluate(RULES, this.#facts);
    const { state, rows } = step(this.#incidents, readings, now, () => randomWord(random, INCIDENT_ID_LENGTH));
    this.#incidents = state;
    if (rows.length > 0) this.#guarded(() => store.incidents.save(rows.map((row) => row.incident)));
  }

  /** What goes to disk at its own pace. A failed write is the hub's own fault, never a register's. */
  #keep(now: number): void {
    const { store } = this.#deps;
    this.#guarded(() => this.#summarise(SUMMARIES_PER_TICK));
    if (this.#isDue("sample", now, SAMPLE_EVERY_MS)) {
      this.#sample(now);
      this.#guarded(() => store.samples.flush());
    }
    if (this.#isDue("facts", now, FACTS_SAVED_EVERY_MS)) this.#guarded(() => this.#saveFacts());
    if (this.#isDue("prune", now, PRUNE_EVERY_MS)) this.#guarded(() => this.#prune(now));
    if (this.#isDue("bars", now, BARS_EVERY_MS)) {
      this.#bars = store.samples.bars(this.#health.all().map(({ id }) => id), now);
    }
  }

  #sample(now: number): void {
    const { store, clock } = this.#deps;
    for (const register of this.#facts.registers) {
      const reading = register.signal.at(-1);
      const fresh = reading && now - reading.at <= SAMPLE_EVERY_MS;
      const rttMs = this.#presence.lastRtt(register.id, clock.steady()) ??
        (register.session ? undefined : roundTrip(register));
      const state = liveness(register, this.#facts);
      store.samples.add({ register: register.id, at: now, rttMs, rssiDbm: fresh ? reading.rssiDbm : undefined, state });
    }
  }

  #summarise(limit: number): void {
    const { store } = this.#deps;
    for (const id of this.#dirty) {
      if (limit-- <= 0) return;
      const ops = store.log.opsOf(id);
      const check = foldCheck(id, ops);
      store.checks.save({ summary: summaryOf(check), opCount: ops.length, changedAtMs: check.changedAt.ms });
      this.#dirty.delete(id);
    }
  }

  #prune(now: number): void {
    this.#deps.store.samples.prune(now);
    this.#deps.store.incidents.prune(now);
  }

  #saveFacts(): void {
    this.#deps.store.venue.saveFacts(
      this.#health.all().map((register) => ({
        id: register.id,
        heardAt: register.heardAt,
        facts: { ...register, session: undefined },
      })),
    );
  }

  #publish(now: number): void {
    if (this.feed.size === 0) return;
    const view = this.view();
    const mark = JSON.stringify({ ...view, now: undefined });
    this.feed.publish(mark, () => JSON.stringify(view), now);
  }

  /** What is wrong now and is not the effect of something else that is. */
  #findings(): Finding[] {
    return openIncidents(this.#incidents).filter((incident) => incident.under === undefined).map(findingView);
  }

  #behind(register: RegisterFacts): number | null {
    const heard = this.#presence.get(register.id)?.exchange.heard;
    return heard ? countAhead(this.#deps.store.log.vector(), heard) : null;
  }

  /** The Register List that every register's Diagnostics shows. */
  #peers(): Peer[] {
    return this.#health.all().map((register) => ({
      id: register.id,
      name: register.name,
      letter: register.letter,
      version: register.app?.version ?? null,
      state: liveness(register, { ...this.#facts, now: this.#deps.clock.now() }),
      foreground: register.state?.foreground ?? null,
      path: this.#presence.get(register.id) ? "relay" : "none",
      behind: this.#behind(register),
      unsynced: register.unsynced ?? null,
    }));
  }

  #standing(register: RegisterId): Omit<Extract<HubMessage, { type: "settings" }>, "type"> {
    const { venue } = this.#deps;
    const facts = this.#health.register(register);
    return {
      name: facts?.name ?? "",
      letter: facts?.letter ?? "",
      venue: venue.name,
      configVersion: venue.configVersion,
      sync: venue.settings.sync,
    };
  }

  #announce(): void {
    for (const session of this.#presence.all()) {
      session.socket.send({ type: "settings", ...this.#standing(session.register) });
    }
  }

  #isDue(what: Chore, now: number, every: number): boolean {
    if (now - this.#doneAt[what] < every && now >= this.#doneAt[what]) return false;
    this.#doneAt[what] = now;
    return true;
  }

  #guarded(write: () => void): void {
    try {
      write();
    } catch (failure) {
      this.#health.storageFailed(failure instanceof Error ? failure.message : String(failure), this.#deps.clock.now());
    }
  }
}
