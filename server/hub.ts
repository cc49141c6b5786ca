/**
 * The wiring diagram. Two planes, one direction:
 *
 *   data plane    a message comes in → `receive` → log → the sessions that lack it, at once
 *   health plane  every second → `tick` → presence → facts → rules → incidents → store → view → consoles
 *
 * Health never calls the data plane, rules never read the store, and consoles get the whole view each time.
 */
import type { HeartbeatResponse, View } from "../shared/api.ts";
import type { Heartbeat, SignalReport } from "../shared/heartbeat.ts";
import { dayStart, isSettled } from "../shared/check/settled.ts";
import { type RegisterId, registerOf } from "../shared/ids.ts";
import type { Facts, RegisterFacts } from "../shared/rules/facts.ts";
import { verdict } from "../shared/rules/verdict.ts";
import { CLOSE, type Close, type Hello, type RegisterMessage, WIRE_VERSION } from "../shared/wire.ts";
import { Attention } from "./attention.ts";
import { Desk } from "./desk.ts";
import { ClaimTable } from "./claims.ts";
import { Feed } from "./feed.ts";
import { Health } from "./health.ts";
import type { HubDeps } from "./hub_deps.ts";
import { Judge } from "./judge.ts";
import { Keeper } from "./keeper.ts";
import { Ledger } from "./ledger.ts";
import { Losses } from "./losses.ts";
import { Presence, type Session, type Socket } from "./presence.ts";
import { historyOf, Retirement } from "./retirement.ts";
import { RegisterList } from "./register_list.ts";
import { Relay } from "./relay.ts";
import { sampleOf } from "./sample.ts";
import { Silences } from "./silences.ts";
import { Suspects } from "./suspects.ts";
import { Sync } from "./sync.ts";
import { findingView, incidentView, instant, makeView, summaryOf } from "./view.ts";

export const TICK_MS = 1_000;

export class Hub {
  readonly feed = new Feed();
  readonly desk: Desk;
  readonly ledger: Ledger;
  readonly losses: Losses;
  readonly silences: Silences;
  readonly judge: Judge;
  readonly #deps: HubDeps;
  readonly #health: Health;
  readonly #presence = new Presence();
  readonly #sync: Sync;
  readonly #relay: Relay;
  readonly #claims: ClaimTable;
  readonly #keeper: Keeper;
  readonly #list: RegisterList;
  readonly retirement: Retirement;
  readonly #suspects = new Suspects();
  readonly #attention: Attention;
  readonly #startedAt: number;
  #facts: Facts;
  readonly facts = (): Facts => ({ ...this.#facts, now: this.#deps.clock.now() }); // what is known, as of now

  constructor(deps: HubDeps) {
    const { store, clock } = deps;
    this.#deps = deps;
    this.#startedAt = clock.now();
    this.#health = new Health(this.#startedAt);
    for (const row of deps.venue.registers()) this.#health.add(row);
    this.#facts = this.#health.facts(this.#startedAt, deps.venue.fact(), {});
    const failed = (message: string) => this.storageFailed(message);
    this.#keeper = new Keeper({
      store,
      registers: () => this.#facts.registers,
      sample: (register) => sampleOf(register, this.#facts, this.#presence.lastRtt(register.id, clock.steady())),
      summarise: summaryOf,
      failed,
    });
    const guarded = (write: () => void) => this.#keeper.guarded(write);
    this.judge = new Judge({
      ...deps,
      store: store.incidents,
      startedAt: this.#startedAt,
      view: (incident) => incidentView(incident, deps.runbooks.fixedBy(incident)),
      guarded,
    });
    const held = () => store.log.heads();
    this.losses = new Losses({
      ...{ store: store.losses, random: deps.random, now: clock.now, guarded, held },
      registers: () => this.#health.all(),
    });
    this.silences = new Silences({ health: this.#health, facts: () => this.#facts, now: clock.now });
    this.ledger = new Ledger({ ...store, summarised: () => this.#keeper.summarise() });
    this.#attention = new Attention({ checks: store.checks, ledger: this.ledger, venue: deps.venue });
    const session = (register: RegisterId) => this.#presence.get(register);
    this.#relay = new Relay({ random: deps.random, enrolled: () => this.#health.all(), session });
    this.retirement = new Retirement({
      ...{ ...store, isSettled, now: clock.now, guarded },
      dayStart: (now) => dayStart(now, deps.venue.settings.dayBegins, deps.zone?.(now) ?? 0),
      marked: (before) => this.#sync.retired(before),
      registers: () => this.#health.all().map(({ id }) => id),
      heardOf: (register) => this.#presence.lastHeld(register),
    });
    this.#claims = new ClaimTable({ sessions: () => this.#presence.all(), steady: clock.steady });
    this.#sync = new Sync({
      log: store.log,
      history: historyOf(store, this.retirement, (number) => this.ledger.numbered(number)),
      peers: () => this.#presence.all(),
      stored: (checks) => this.#keeper.touched(checks),
      failed,
    });
    this.#list = new RegisterList({
      registers: () => this.#health.all(),
      facts: this.facts,
      session: (register) => this.#presence.holds(register),
      held: () => store.log.vector(),
      venue: deps.venue,
    });
    this.desk = new Desk({
      venue: deps.venue,
      health: this.#health,
      presence: this.#presence,
      standing: (register) => this.#list.standing(register),
      removed: (register) => this.losses.removed(register),
    });
  }

  // ---- data plane

  /** A register introduces itself: a session, or why there is none. */
  hello(socket: Socket, hello: Hello, source: string | undefined): Session | Close {
    if (hello.version !== WIRE_VERSION) return CLOSE.wireVersion;
    const register = this.#deps.venue.registerByToken(hello.token);
    const now = this.#deps.clock.now();
    const { replica, retired, walks } = hello;
    if (register === undefined || registerOf(replica) !== register) {
      const [close, detail] = register ? [CLOSE.wrongReplica, replica] : [CLOSE.unknownToken, source];
      this.#suspects.ended(register ?? "venue", close, detail, now);
      return close;
    }
    const session = this.#presence.begin({ register, replica, source, socket, now, retired, walks });
    this.#health.heard(register, now);
    socket.send({ type: "welcome", version: WIRE_VERSION, now, recalls: true, ...this.#list.standing(register) });
    this.#sync.begin(session);
    this.#relay.announce();
    this.#claims.begin(session, hello.claims);
    return session;
  }

  receive(session: Session, message: RegisterMessage): void {
    if (!this.#presence.isLive(session)) return; // a newer session has replaced it
    const { clock } = this.#deps;
    this.#health.heard(session.register, clock.now());
    session.calledAt = undefined;
    switch (message.type) {
      case "have":
      case "delta":
      case "want":
      case "family":
        return this.#sync.receive(session, message);
      case "recall": {
        const { numbers } = message;
        const checks = this.#sync.recall(session, numbers);
        return checks && session.socket.send({ type: "recalled", numbers, checks });
      }
      case "negotiate":
        this.#health.offered(session.register, message.body, clock.now());
        return this.#relay.pass(session, message, clock.steady());
      case "claim":
        return this.#claims.take(session, message);
      case "pong":
        return this.#presence.pong(session, message.n, clock.steady(), clock.isLate?.());
      case "heartbeat": {
        if (message.heartbeat.state?.foreground === false) this.#claims.release(session.register);
        const answer = this.heartbeat(session.register, message.heartbeat, session.source);
        return session.socket.send({ type: "answer", ...answer, now: clock.now(), registers: this.#list.rows() });
      }
    }
  }

  /** A session is being ended by us, for what its register sent or for another reason. */
  suspect({ register }: Session, why: Close, detail: string): void {
    if (this.has(register)) this.#suspects.ended(register, why, detail, this.#deps.clock.now());
  }

  ended(session: Session, cleanly: boolean): void {
    if (this.#presence.isLive(session)) this.#claims.release(session.register);
    this.#presence.end(session, cleanly, this.#deps.clock.now());
  }

  // ---- health plane

  /** A heartbeat, by whichever way it came. */
  heartbeat(register: RegisterId, beat: Heartbeat, source: string | undefined): HeartbeatResponse {
    const { clock, venue, store } = this.#deps;
    const now = clock.now();
    const { configVersion } = venue;
    this.losses.heard(this.#health.register(register), beat);
    this.#health.heartbeat(register, beat, { now, source, configVersion, held: store.log.heads() });
    this.#suspects.reported(register, beat.suspects ?? [], (peer) => this.has(peer), now);
    if (beat.state?.shiftOpen === false) venue.shiftClosed(register);
    return this.#answer(register);
  }

  /** A reading of a register's radio that its app did not send: answered as a heartbeat is, but no sign of life. */
  signal(register: RegisterId, report: SignalReport): HeartbeatResponse {
    this.#health.signal(register, report, this.#deps.clock.now());
    return this.#answer(register);
  }

  /** A round of probes has ended. */
  probed(round: Parameters<Health["probed"]>[0]): ReturnType<Health["probed"]> {
    return this.#health.probed(round, this.#deps.clock.now());
  }

  readonly rollCall = () => this.#presence.call(this.#deps.clock.now()); // the router is silent: are the registers there?
  readonly isNewcomerUnseen = () => this.#health.isNewcomerUnseen; // a round of probes would tell its hardware
  readonly overheard = (mdns: Parameters<Health["overheard"]>[0]) => this.#health.overheard(mdns); // by multicast DNS

  /** The disk could not take something. */
  storageFailed(message: string): void {
    this.#health.storageFailed(message, this.#deps.clock.now());
  }

  /** Everything that is not urgent, once a second. */
  tick(): void {
    const { clock, venue, store, chronicle } = this.#deps;
    const now = clock.now();
    this.#presence.tick(clock.steady(), clock.isLate?.());
    if (this.#health.isRouterSilent) this.rollCall();
    if (this.#health.isCutOff(now)) this.#presence.forgive(clock.steady());
    this.#sync.tick(clock.steady());
    this.retirement.tick();
    this.#claims.tell();
    this.#relay.announce();
    for (const { id } of this.#health.all()) this.#health.session(id, this.#presence.fact(id, clock.steady()));
    this.losses.tick();
    this.#facts = this.#health.facts(now, venue.fact(), {
      checks: this.#attention.fact(now),
      losses: this.losses.facts(),
      suspicions: this.#suspects.facts(now),
      damaged: store.damaged.fact(now),
      dhcp: this.#deps.dhcp.fact(),
    });
    this.judge.tick(this.#facts);
    this.#deps.notices.tick(this.judge.open(), this.judge.ends);
    this.#deps.runbooks.tick(this.#facts);
    this.#keeper.tick(now);
    this.#keeper.guarded(() => chronicle.tick(this.#facts));
    this.#publish(now);
  }

  view(): View {
    const { store, venue, version, urls, chronicle } = this.#deps;
    const facts = this.facts();
    return makeView({
      facts,
      settings: venue.settings,
      verdict: verdict({ findings: this.judge.open(), facts, open: chronicle.isOpen(facts.now) }),
      findings: this.judge.found().map(findingView),
      incidents: this.judge.recent(facts.now),
      hub: { version, startedAt: instant(this.#startedAt), urls: [...urls()] },
      checks: store.checks.counts(),
      ...chronicle.standing(facts.now),
      behindOf: (register) => this.#list.behind(register.id),
      bars: this.#keeper.bars,
      losses: this.losses.view(),
      heldUp: this.retirement.heldUp ?? null,
      runbooks: this.#deps.runbooks.view(),
    });
  }

  readonly has = (register: RegisterId): boolean => this.#health.has(register);

  /** All that is known of a register. */
  register(register: RegisterId): RegisterFacts | undefined {
    return this.#health.register(register);
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
    const findings = this.judge.found().filter((finding) => finding.subject === register).map(findingView);
    return { now: instant(clock.now()), configVersion: venue.configVersion, findings };
  }

  #publish(now: number): void {
    if (this.feed.size === 0) return;
    const view = this.view();
    const mark = JSON.stringify({ ...view, now: undefined });
    this.feed.publish(mark, () => JSON.stringify(view), now);
  }
}
