/**
 * A register at work: the replica on this device's journal, its session with the hub, and what the page shows of both as signals. The
 * socket, the clock and all storage are handed in; `tick` is called every second.
 */
import { computed, signal } from "@preact/signals";
import type { Config, Finding } from "../../shared/api.ts";
import type { Check } from "../../shared/check/check.ts";
import { type CheckBody, isKnown } from "../../shared/check/op.ts";
import type { Heartbeat, LinkReport } from "../../shared/heartbeat.ts";
import type { OpId } from "../../shared/ids.ts";
import { Mesh } from "../../shared/mesh.ts";
import { type Link, Replica, type WriteOutcome } from "../../shared/replica.ts";
import { type Inbound, type Standing, Uplink, type UplinkState } from "../../shared/uplink.ts";
import type { Peer, SyncMessage } from "../../shared/wire.ts";
import { Duty } from "./duty.ts";
import { type Enrolment, keepConfig, keepEnrolment, keepPeers, readConfig, readPeers } from "./kept.ts";
import type { SessionDeps } from "./session_deps.ts";
import { type SyncMark, syncMark } from "./mark_words.ts";
import { HUB, reportOf } from "./report.ts";
import { nameOf, storageTrouble } from "./trouble.ts";
import { whatChanged } from "./updates.ts";
import { APP } from "./app_info.ts";

interface Start {
  readonly config: Config | undefined;
  readonly peers: readonly Peer[];
}

/** What "Get Updates" brought: sentences on what changed, or why it brought nothing. */
export type Updates =
  | { readonly ok: true; readonly changed: readonly string[] }
  | { readonly ok: false; readonly message: string };

export class Session {
  readonly #deps: SessionDeps;
  readonly #uplink: Uplink;
  readonly #checksChanged = signal(0);
  readonly #heldChanged = signal(0);
  #replica!: Replica; // both set before `open` returns
  #mesh!: Mesh;
  #link: Link | undefined;
  #fetching: Promise<Updates> | undefined;

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
  readonly checks = computed((): readonly Check[] => {
    this.#checksChanged.value;
    return this.#replica.book.all();
  });
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
    this.peers.value = peers;
    this.sync.value = config?.sync ?? true;
    this.clock.value = now;
    this.stateSince.value = now;
    this.awaySince.value = now;
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
    const [config, peers] = await Promise.all([readConfig(deps.shelf), readPeers(deps.shelf)]);
    const session = new Session(deps, { config, peers });
    await session.duty.load();
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

  /** Writes one change. It is safe on this register once this resolves with ok; otherwise nothing has happened. */
  async write(body: CheckBody): Promise<WriteOutcome> {
    const duty = this.duty.state.value;
    if (duty.kind === "locked") return { ok: false, message: "This register is locked. Sign in with your PIN first." };
    const staff = duty.kind === "signed-in" ? duty.person.name : undefined;
    try {
      return await this.#replica.write(staff !== undefined && isKnown(body) ? { ...body, staff } : body);
    } catch (cause) {
      return { ok: false, message: storageTrouble(nameOf(cause)) };
    }
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
    return this.#fetch();
  }

  #fetch(): Promise<Updates> {
    this.#fetching ??= this.#fetchOnce().finally(() => this.#fetching = undefined);
    return this.#fetching;
  }

  async #fetchOnce(): Promise<Updates> {
    const answer = await this.#deps.fetchConfig(this.enrolment.value.token);
    if (!answer.ok) return { ok: false, message: answer.message };
    const changed = whatChanged(this.config.value, answer.data);
    this.config.value = answer.data;
    this.#setSync(answer.data.sync);
    await keepConfig(this.#deps.shelf, answer.data).catch(() => {}); // it is shown all the same, and fetched again next time
    return { ok: true, changed };
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
    if (message.configVersion !== this.config.value?.version) this.#fetch();
  }

  #takePeers(peers: readonly Peer[]): void {
    const same = JSON.stringify(peers) === JSON.stringify(this.peers.value);
    this.peersHeardAt.value = this.#deps.now();
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
      screen: screen(),
      unsynced: this.#replica.unsynced(),
      vector: this.#replica.vector(),
      links: this.#mesh.reports(),
    });
  }
}
