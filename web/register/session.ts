/**
 * A register at work: the replica on this device's journal, its session with the hub, and what the page shows of both as signals. The
 * socket, the clock and all storage are handed in; `tick` is called every second.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Config, Finding } from "../../shared/api.ts";
import type { Check } from "../../shared/check/check.ts";
import { type CheckBody, isKnown } from "../../shared/check/op.ts";
import { openShift, type Shift, shiftsOf } from "../../shared/check/shift.ts";
import type { DeviceInfo, Heartbeat, LinkReport, RegisterState } from "../../shared/heartbeat.ts";
import { HUB, type SeenBy } from "../../shared/holders.ts";
import type { OpId, Random } from "../../shared/ids.ts";
import { Mesh } from "../../shared/mesh.ts";
import type { OpenChannel } from "../../shared/peering.ts";
import {
  type Journal,
  type Link,
  type Plan,
  type PlanOutcome,
  Replica,
  type WriteOutcome,
} from "../../shared/replica.ts";
import {
  type Inbound,
  type Socket,
  type SocketEvents,
  type Standing,
  Uplink,
  type UplinkState,
} from "../../shared/uplink.ts";
import type { Peer, SyncMessage } from "../../shared/wire.ts";
import type { Answer } from "../lib/http.ts";
import { Duty, type DutyDeps } from "./duty.ts";
import { type Enrolment, keepEnrolment, keepPeers, readConfig, readPeers, type Shelf } from "./kept.ts";
import { type SyncMark, syncMark } from "./mark_words.ts";
import { Notices } from "./notices.ts";
import { reportOf } from "./report.ts";
import { nameOf, storageTrouble } from "./trouble.ts";
import { Updater, type Updates } from "./updater.ts";
import { Who } from "./who.ts";
import { APP } from "./app_info.ts";

export interface SessionDeps {
  readonly enrolment: Enrolment;
  readonly shelf: Shelf;
  readonly journal: Journal;
  readonly storage: ReadonlySignal<string | null>; // why storage does not take our writing
  readonly connect: (events: SocketEvents) => Socket;
  readonly fetchConfig: (token: string) => Promise<Answer<Config>>;
  readonly pinMatches: DutyDeps["pinMatches"];
  readonly device: DeviceInfo;
  readonly screen: () => RegisterState;
  readonly now: () => number;
  readonly random: Random;
  readonly direct?: OpenChannel; // absent: this browser has no WebRTC
  readonly steady?: () => number; // a clock that never jumps, in ms; absent: `now`
}

interface Start {
  readonly config: Config | undefined;
  readonly peers: readonly Peer[];
}

export class Session {
  readonly #deps: SessionDeps;
  readonly #uplink: Uplink;
  readonly #checksChanged = signal(0);
  readonly #heldChanged = signal(0);
  #replica!: Replica; // both set before `open` returns
  #mesh!: Mesh;
  readonly #updater: Updater;
  #link: Link | undefined;

  readonly enrolment = signal<Enrolment>(undefined!);
  readonly config = signal<Config | undefined>(undefined);
  readonly duty: Duty;
  readonly peers = signal<readonly Peer[]>([]);
  readonly peersHeardAt = signal<number | null>(null); // in this session; null: kept from an earlier one
  readonly links = signal<readonly LinkReport[]>([]); // paths to peers, as this register measures them
  readonly findings = signal<readonly Finding[]>([]); // what the hub advises for this register
  readonly state = signal<UplinkState>("away");
  readonly stateSince = signal(0);
  readonly awaySince = signal<number | null>(0); // null: there is a session
  readonly unsynced = signal(0);
  readonly unsyncedSince = signal<number | null>(null);
  readonly sync = signal(true);
  readonly clock = signal(0); // moves every second
  readonly who: Who;
  readonly checks = computed((): readonly Check[] => {
    this.#checksChanged.value;
    return this.#replica.book.all();
  });
  /** The shift this register is in. */
  readonly shift = computed((): Shift | undefined => {
    this.#heldChanged.value;
    return openShift(shiftsOf(this.#replica.book.others), this.enrolment.value.registerId);
  });
  readonly notices: Notices;
  readonly mark = computed((): SyncMark =>
    syncMark({
      state: this.state.value,
      awayMs: this.awaySince.value === null ? 0 : this.clock.value - this.awaySince.value,
      sync: this.sync.value,
      unsynced: this.unsynced.value,
      lagMs: this.unsyncedSince.value === null ? 0 : this.clock.value - this.unsyncedSince.value,
      storage: this.#deps.storage.value,
      direct: this.links.value.filter(({ path }) => path === "direct").length,
    })
  );

  private constructor(deps: SessionDeps, { config, peers }: Start) {
    this.#deps = deps;
    const now = deps.now();
    this.enrolment.value = deps.enrolment;
    this.config.value = config;
    this.duty = new Duty({ ...deps, config: this.config });
    this.who = new Who(this);
    this.peers.value = peers;
    this.sync.value = config?.sync ?? true;
    this.clock.value = now;
    this.stateSince.value = now;
    this.awaySince.value = now;
    const own = () => this.enrolment.value.registerId;
    this.notices = new Notices({ shelf: deps.shelf, checks: this.checks, own });
    this.#updater = new Updater({
      shelf: deps.shelf,
      config: this.config,
      ask: () => deps.fetchConfig(this.enrolment.value.token),
      taken: ({ sync }) => this.#setSync(sync),
    });
    this.#uplink = new Uplink({
      connect: deps.connect,
      hello: () => ({ token: this.enrolment.value.token, replica: this.#replica.id, app: APP }),
      heartbeat: () => this.#heartbeat(),
      now: deps.now,
      random: deps.random,
      online: (send) => (this.#link = this.#replica.link(HUB, send)),
      offline: () => {
        this.#link?.close();
        this.#mesh.hubAway();
      },
      sync: (message) => this.#receive(message),
      inbound: (message) => this.#hear(message),
      changed: (state) => this.#become(state),
    });
  }

  static async open(deps: SessionDeps): Promise<Session> {
    const { shelf } = deps;
    const [config, peers] = await Promise.all([readConfig(shelf), readPeers(shelf)]);
    const session = new Session(deps, { config, peers });
    await session.duty.load();
    await session.notices.load();
    session.#replica = await Replica.open({
      register: deps.enrolment.registerId,
      journal: deps.journal,
      random: deps.random,
      now: deps.now,
      changed: (checks) => session.#replicaChanged(checks),
    });
    session.#mesh = new Mesh({
      self: deps.enrolment.registerId,
      replica: session.#replica,
      open: deps.direct,
      now: deps.now,
      steady: deps.steady ?? deps.now,
      random: deps.random,
      hub: (message) => session.#uplink.negotiate(message),
      changed: () => session.#linksChanged(),
    });
    session.#replica.setSync(session.sync.value);
    session.#replicaChanged(new Set());
    return session;
  }

  get replicaId(): string {
    return this.#replica.id;
  }

  /** A check as it is now; subscribes whoever reads it while rendering. */
  check(id: OpId): Check | undefined {
    this.#checksChanged.value;
    return this.#replica.book.get(id);
  }

  /** How many changes of a check exist on this register only. */
  unsyncedOf(id: OpId): number {
    this.#heldChanged.value;
    return this.unsynced.value === 0 ? 0 : this.#replica.unsyncedOf(id);
  }

  /** Which registers are known to hold all of a check. */
  seenBy(id: OpId): SeenBy {
    this.#heldChanged.value;
    return this.#replica.seenBy(id, this.peers.value.map((peer) => peer.id));
  }

  /** Writes one change. It is safe on this register once this resolves with ok; otherwise nothing has happened. */
  async write(body: CheckBody): Promise<WriteOutcome> {
    const outcome = await this.writeAll(() => [body]);
    return outcome.ok ? { ok: true, id: outcome.ids[0]! } : outcome;
  }

  /** Writes changes that belong together: all or none. */
  async writeAll(plan: Plan): Promise<PlanOutcome> {
    const duty = this.duty.state.value;
    if (duty.kind === "locked") return { ok: false, message: "This register is locked. Sign in with your PIN first." };
    const staff = this.who.name;
    const signed = (body: CheckBody) => staff !== undefined && isKnown(body) ? { ...body, staff } : body;
    try {
      return await this.#replica.writeAll((idAt) => plan(idAt).map(signed));
    } catch (cause) {
      return { ok: false, message: storageTrouble(nameOf(cause)) };
    }
  }

  /** What the checks would be after a plan. */
  preview(plan: Plan): Map<OpId, Check> {
    return this.#replica.preview(plan);
  }

  nextNumber(): string {
    return this.#replica.nextNumber(this.enrolment.value.letter);
  }

  tick(): void {
    const now = this.#deps.now();
    this.clock.value = now;
    this.#uplink.tick();
    this.#mesh.tick();
    this.#linksChanged();
    this.#replica.tick(now);
  }

  /** The page came to the front, or the network came back. Another tab that took over keeps the session. */
  wake(): void {
    if (this.state.value !== "replaced") this.#uplink.wake();
  }

  /** The page is being hidden: the hub should know before the system stops us. */
  beat(): void {
    this.#uplink.beat();
  }

  /** Takes the session back from another tab. */
  async useHere(): Promise<void> {
    await this.refresh();
    this.#uplink.wake();
  }

  /** Takes up what another tab wrote. */
  refresh(): Promise<void> {
    return this.#replica.refresh().catch(() => {});
  }

  stop(): void {
    this.#uplink.stop();
    this.#mesh.stop();
  }

  /** Fetches menu and settings, and compares changes with the hub at once. */
  getUpdates(): Promise<Updates> {
    this.wake();
    this.#replica.compare();
    return this.#updater.fetch();
  }

  #receive(message: SyncMessage): void {
    this.#link?.receive(message).catch(() => {}); // storage did not take it: the next comparison brings it again
  }

  #hear(message: Inbound): void {
    switch (message.type) {
      case "present":
      case "negotiate":
      case "undelivered":
        return this.#mesh.hear(message);
      case "answer":
        this.#takePeers(message.registers);
        this.findings.value = message.findings;
        break;
      default:
        this.#takeStanding(message);
    }
    if (message.configVersion !== this.config.value?.version) this.#updater.fetch();
  }

  #takePeers(peers: readonly Peer[]): void {
    const same = JSON.stringify(peers) === JSON.stringify(this.peers.value);
    this.peersHeardAt.value = this.#deps.now();
    for (const { id, behind } of peers) if (behind === 0) this.#replica.vouch(id);
    this.#heldChanged.value++;
    if (same) return;
    this.peers.value = peers;
    keepPeers(this.#deps.shelf, peers).catch(() => {}); // told again in seconds
  }

  #takeStanding({ name, letter, venue, sync }: Standing): void {
    this.#setSync(sync);
    const own = this.enrolment.value;
    if (own.name === name && own.letter === letter && own.venue === venue) return;
    this.enrolment.value = { ...own, name, letter, venue };
    keepEnrolment(this.#deps.shelf, this.enrolment.value).catch(() => {}); // told again with the next session
  }

  #setSync(on: boolean): void {
    this.sync.value = on;
    this.#replica.setSync(on);
  }

  #become(state: UplinkState): void {
    const now = this.#deps.now();
    this.state.value = state;
    this.stateSince.value = now;
    this.awaySince.value = state === "online" ? null : this.awaySince.value ?? now;
    if (state !== "online") this.findings.value = []; // what was advised may not hold any more
    if (state === "refused" || state === "replaced") this.#mesh.stop();
  }

  #linksChanged(): void {
    const links = this.#mesh.reports();
    if (JSON.stringify(links) !== JSON.stringify(this.links.value)) this.links.value = links;
  }

  #replicaChanged(checks: ReadonlySet<OpId>): void {
    if (checks.size > 0) this.#checksChanged.value++;
    this.#heldChanged.value++;
    this.unsynced.value = this.#replica.unsynced();
    if (this.unsynced.value === 0) this.unsyncedSince.value = null;
    else this.unsyncedSince.value ??= this.#deps.now();
  }

  #heartbeat(): Heartbeat {
    const { device, screen, now } = this.#deps;
    return reportOf({
      now: now(),
      onlineSince: this.stateSince.value,
      configVersion: this.config.value?.version,
      device,
      screen: { ...screen(), shiftOpen: this.shift.value !== undefined },
      unsynced: this.#replica.unsynced(),
      vector: this.#replica.vector(),
      links: this.#mesh.reports(),
    });
  }
}
