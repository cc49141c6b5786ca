/**
 * The wiring diagram. Two planes, one direction:
 *
 *   data plane    a message comes in → `receive` → log → the sessions that lack it, at once
 *   health plane  every second → `tick` → presence → facts → rules → incidents → store → view → consoles
 *
 * Health never calls the data plane, rules never read the store, and consoles get the whole view each time.
 */
import type { CheckSummary, HeartbeatResponse, Incident, Settings, View } from "../shared/api.ts";
import type { Check } from "../shared/check/check.ts";
import { foldCheck } from "../shared/check/fold.ts";
import type { Heartbeat, SignalReport } from "../shared/heartbeat.ts";
import { type OpId, type Random, type RegisterId, registerOf } from "../shared/ids.ts";
import type { IncidentStory } from "../shared/incident_api.ts";
import { causeOf } from "../shared/rules/cause.ts";
import type { Facts, RegisterFacts } from "../shared/rules/facts.ts";
import { liveness } from "../shared/rules/liveness.ts";
import { verdict } from "../shared/rules/verdict.ts";
import { CLOSE, type Close, type Hello, type RegisterMessage, WIRE_VERSION } from "../shared/wire.ts";
import type { Chronicle } from "./chronicle.ts";
import { Feed } from "./feed.ts";
import { Health } from "./health.ts";
import { Judge, type JudgeDeps } from "./judge.ts";
import { Keeper, SAMPLE_EVERY_MS } from "./keeper.ts";
import { Presence, type Session, type Socket } from "./presence.ts";
import { RegisterList } from "./register_list.ts";
import { Relay } from "./relay.ts";
import type { Checks } from "./store/checks.ts";
import type { StoredLog } from "./store/ops.ts";
import type { Sample, Samples } from "./store/samples.ts";
import type { RegisterRow, VenueStore } from "./store/venue.ts";
import { Sync } from "./sync.ts";
import type { Venue } from "./venue.ts";
import { findingView, incidentView, instant, makeView, roundTrip, summaryOf } from "./view.ts";

export const TICK_MS = 1_000;

export interface HubDeps {
  readonly venue: Venue;
  readonly store: {
    readonly log: StoredLog;
    readonly checks: Checks;
    readonly incidents: JudgeDeps["store"];
    readonly samples: Samples;
    readonly venue: VenueStore;
  };
  readonly chronicle: Chronicle;
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
  readonly #relay: Relay;
  readonly #keeper: Keeper;
  readonly #judge: Judge;
  readonly #list: RegisterList;
  readonly #startedAt: number;
  #facts: Facts;

  constructor(deps: HubDeps) {
    const { store, clock } = deps;
    this.#deps = deps;
    this.#startedAt = clock.now();
    this.#health = new Health(this.#startedAt);
    for (const row of deps.venue.registers()) this.#health.add(row);
    this.#facts = this.#health.facts(this.#startedAt, deps.venue.fact());
    const failed = (message: string) => this.#health.storageFailed(message, clock.now());
    this.#keeper = new Keeper({
      store,
      registers: () => this.#facts.registers,
      sample: (register, now) => this.#sample(register, now),
      summarise: summaryOf,
      failed,
    });
    const guarded = (write: () => void) => this.#keeper.guarded(write);
    this.#judge = new Judge({ ...deps, store: store.incidents, startedAt: this.#startedAt, guarded });
    const session = (register: RegisterId) => this.#presence.get(register);
    this.#relay = new Relay({ random: deps.random, enrolled: () => this.#health.all(), session });
    this.#sync = new Sync({
      log: store.log,
      peers: () => this.#presence.all(),
      stored: (checks) => this.#keeper.touched(checks),
      failed,
    });
    this.#list = new RegisterList({
      registers: () => this.#health.all(),
      facts: () => ({ ...this.#facts, now: clock.now() }),
      session: (register) => this.#presence.holds(register),
      held: () => store.log.vector(),
      venue: () => ({
        venue: deps.venue.name,
        configVersion: deps.venue.configVersion,
        sync: deps.venue.settings.sync,
      }),
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
    socket.send({ type: "welcome", version: WIRE_VERSION, now, ...this.#list.standing(register) });
    this.#sync.begin(session);
    this.#relay.announce();
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
      case "negotiate":
        return this.#relay.pass(session, message, clock.steady());
      case "pong":
        return this.#presence.pong(session, message.n, clock.steady());
      case "heartbeat": {
        const answer = this.heartbeat(session.register, message.heartbeat, session.source);
        return session.socket.send({ type: "answer", ...answer, now: clock.now(), registers: this.#list.rows() });
      }
    }
  }

  ended(session: Session, cleanly: boolean): void {
    this.#presence.end(session, cleanly, this.#deps.clock.now());
  }

  // ---- health plane

  /** A heartbeat, by whichever way it came. */
  heartbeat(register: RegisterId, beat: Heartbeat, source: string | undefined): HeartbeatResponse {
    const { clock, venue } = this.#deps;
    this.#health.heartbeat(register, beat, { now: clock.now(), source, configVersion: venue.configVersion });
    if (beat.state?.shiftOpen === false) venue.shiftClosed(register);
    return this.#answer(register);
  }

  /** A reading of a register's radio that its app did not send: answered as a heartbeat is, but no sign of life. */
  signal(register: RegisterId, report: SignalReport): HeartbeatResponse {
    this.#health.signal(register, report, this.#deps.clock.now());
    return this.#answer(register);
  }

  /** A round of probes has ended. */
  probed(round: Parameters<Health["probed"]>[0]): void {
    this.#health.probed(round);
  }

  /** Everything that is not urgent, once a second. */
  tick(): void {
    const { clock, venue, chronicle } = this.#deps;
    const now = clock.now();
    this.#presence.tick(clock.steady());
    this.#sync.tick();
    this.#relay.announce();
    for (const { id } of this.#health.all()) this.#health.session(id, this.#presence.fact(id, clock.steady()));
    this.#facts = this.#health.facts(now, venue.fact());
    this.#judge.tick(this.#facts);
    this.#keeper.tick(now);
    this.#keeper.guarded(() => chronicle.tick(this.#facts));
    this.#publish(now);
  }

  view(): View {
    const { store, venue, version, urls, chronicle } = this.#deps;
    const facts = { ...this.#facts, now: this.#deps.clock.now() };
    return makeView({
      facts,
      settings: venue.settings,
      verdict: verdict({ findings: this.#judge.open(), facts, open: chronicle.isOpen(facts.now) }),
      findings: this.#judge.found().map(findingView),
      incidents: this.incidents(),
      hub: { version, startedAt: instant(this.#startedAt), urls: [...urls()] },
      checks: store.checks.counts(),
      ...chronicle.standing(facts.now),
      stateOf: (register) => liveness(register, facts),
      causeOf: (register) => causeOf(register, facts)?.text ?? null,
      behindOf: (register) => this.#list.behind(register.id),
      bars: this.#keeper.bars,
    });
  }

  incidents(): Incident[] {
    return this.#judge.recent(this.#deps.clock.now()).map(incidentView);
  }

  /** An incident with its whole story. */
  incident(id: string): IncidentStory | undefined {
    const found = this.#judge.get(id);
    return found && { ...incidentView(found), ...this.#deps.chronicle.story(found, this.#deps.clock.now()) };
  }

  checks(state: CheckSummary["state"] | undefined, limit: number): CheckSummary[] {
    return this.#keeper.checks(state, limit);
  }

  /** A check with its whole story. */
  check(id: OpId): Check | undefined {
    const ops = this.#deps.store.log.familyOf(id);
    return ops.length === 0 ? undefined : foldCheck(id, ops);
  }

  // ---- the venue changes

  /** A register has enrolled; what it said of itself while doing so is shown before its first heartbeat. */
  enrolled(register: RegisterRow, self: Pick<RegisterFacts, "app" | "device">): void {
    this.#health.add({ ...register, facts: self });
  }

  has(register: RegisterId): boolean {
    return this.#health.has(register);
  }

  /** All that is known of a register. */
  register(register: RegisterId): RegisterFacts | undefined {
    return this.#health.register(register);
  }

  rename(register: RegisterId, name: string): void {
    this.#deps.venue.rename(register, name);
    this.#health.rename(register, name);
    this.announce();
  }

  /** Un-enrols at once: its token opens nothing any more and its session ends. */
  remove(register: RegisterId): void {
    this.#deps.venue.remove(register);
    this.#health.remove(register);
    this.#presence.get(register)?.socket.close(CLOSE.unknownToken);
    this.#presence.forget(register);
  }

  change(settings: Partial<Settings>): Settings {
    const openShifts = this.#health.all().filter((register) => register.state?.shiftOpen).map(({ id }) => id);
    this.#deps.venue.change(settings, openShifts);
    this.announce();
    return this.#deps.venue.settings;
  }

  /** Tells every register that is connected how it stands: at once, so that it fetches settings that are newer than its own. */
  announce(): void {
    for (const session of this.#presence.all()) {
      session.socket.send({ type: "settings", ...this.#list.standing(session.register) });
    }
  }

  /** Writes what is still in memory and says goodbye. */
  stop(): void {
    for (const session of this.#presence.all()) session.socket.close(CLOSE.restart);
    this.feed.stop();
    this.#keeper.finish();
    this.#keeper.guarded(() => this.#deps.chronicle.save(this.#deps.clock.now()));
  }

  /** What is said to a register that reported. */
  #answer(register: RegisterId): HeartbeatResponse {
    const { clock, venue } = this.#deps;
    const findings = this.#judge.found().filter((finding) => finding.subject === register).map(findingView);
    return { now: instant(clock.now()), configVersion: venue.configVersion, findings };
  }

  /** How a register is now, as its history keeps it. */
  #sample(register: RegisterFacts, now: number): Sample {
    const reading = register.signal.at(-1);
    const fresh = reading !== undefined && now - reading.at <= SAMPLE_EVERY_MS;
    const measured = this.#presence.lastRtt(register.id, this.#deps.clock.steady());
    return {
      register: register.id,
      at: now,
      state: liveness(register, this.#facts),
      rttMs: measured ?? (register.session?.openSince === undefined ? roundTrip(register) : undefined),
      rssiDbm: fresh ? reading.rssiDbm : undefined,
    };
  }

  #publish(now: number): void {
    if (this.feed.size === 0) return;
    const view = this.view();
    const mark = JSON.stringify({ ...view, now: undefined });
    this.feed.publish(mark, () => JSON.stringify(view), now);
  }
}
