/**
 * A register at work: the replica on this device's journal, its session with the hub, and what the page shows of both as signals. The
 * socket, the clock and all storage are handed in; `tick` is called every second.
 */
import { computed, signal } from "@preact/signals";
import type { Config, Finding } from "../../shared/api.ts";
import { type Claim, othersIn } from "../../shared/claim.ts";
import { Claiming } from "../../shared/claiming.ts";
import type { Heartbeat, LinkReport } from "../../shared/heartbeat.ts";
import { HUB } from "../../shared/holders.ts";
import type { OpId } from "../../shared/ids.ts";
import type { LastWordsKind } from "../../shared/last_words.ts";
import { Mesh } from "../../shared/mesh.ts";
import { type Link, Replica } from "../../shared/replica.ts";
import { type Complaint, type Inbound, type Standing, Uplink, type UplinkState } from "../../shared/uplink.ts";
import type { Peer, SyncMessage } from "../../shared/wire.ts";
import { keepEnrolment, keepPeers, readConfig, readPeers } from "./kept.ts";
import { Farewell } from "./farewell.ts";
import { Ledger } from "./ledger.ts";
import type { SessionDeps } from "./session_deps.ts";
import { type SyncMark, syncMark } from "./mark_words.ts";
import { reportOf } from "./report.ts";
import { Recalls } from "./recall.ts";
import { Updater, type Updates } from "./updater.ts";
import { APP } from "./app_info.ts";
import { WalkTest } from "./walk_test_run.ts";

interface Start {
  readonly config: Config | undefined;
  readonly peers: readonly Peer[];
}

export class Session extends Ledger {
  readonly #deps: SessionDeps;
  readonly #uplink: Uplink;
  #mesh!: Mesh; // set before `open` returns
  readonly #updater: Updater;
  readonly #claiming: Claiming;
  readonly recalls: Recalls;
  readonly #farewell: Farewell;
  #link: Link | undefined;

  readonly peersHeardAt = signal<number | null>(null); // in this session; null: kept from an earlier one
  readonly links = signal<readonly LinkReport[]>([]); // paths to peers, as this register measures them
  readonly walk = new WalkTest(() => this.enrolment.value.token);
  readonly claims = signal<readonly Claim[]>([]); // what the other registers are in
  readonly findings = signal<readonly Finding[]>([]); // what the hub advises for this register
  readonly state = signal<UplinkState>("away");
  readonly stateSince = signal(0);
  readonly awaySince = signal<number | null>(0); // null: there is a session
  readonly complaint = signal<Complaint | null>(null); // what the hub did not take of this register lately
  readonly sync = signal(true);
  readonly clock = signal(0); // moves every second
  readonly mark = computed((): SyncMark =>
    syncMark({
      state: this.state.value,
      awayMs: this.awaySince.value === null ? 0 : this.clock.value - this.awaySince.value,
      sync: this.sync.value,
      unsynced: this.unsynced.value,
      lagMs: this.unsyncedSince.value === null ? 0 : this.clock.value - this.unsyncedSince.value,
      storage: this.#deps.storage.value,
      complaint: this.complaint.value,
      direct: this.links.value.filter(({ path }) => path === "direct").length,
    })
  );

  private constructor(deps: SessionDeps, { config, peers }: Start) {
    super(deps);
    this.#deps = deps;
    const now = deps.now();
    this.config.value = config;
    this.peers.value = peers;
    this.sync.value = config?.sync ?? true;
    this.clock.value = now;
    this.stateSince.value = now;
    this.awaySince.value = now;
    this.#updater = new Updater({
      shelf: deps.shelf,
      config: this.config,
      ask: () => deps.fetchConfig(this.enrolment.value.token),
      taken: ({ sync }) => this.#setSync(sync),
    });
    this.#farewell = new Farewell({
      now: deps.now,
      idleSeconds: () => deps.screen().idleSeconds,
      beacon: (words) => deps.beacon?.(words),
    });
    this.#claiming = new Claiming({
      self: deps.enrolment.registerId,
      steady: deps.steady ?? deps.now,
      hub: (claim) => void this.#uplink.say(claim),
      peers: (claim) => this.#mesh.claim(claim),
      changed: (others) => (this.claims.value = others),
    });
    this.recalls = new Recalls({ say: (message) => this.#uplink.say(message), now: deps.steady ?? deps.now });
    this.#uplink = new Uplink({
      connect: deps.connect,
      hello: () => ({
        token: this.enrolment.value.token,
        replica: this.replica.id,
        retired: this.replica.retired,
        walks: true,
        app: APP,
      }),
      heartbeat: () => this.#heartbeat(),
      now: deps.now,
      random: deps.random,
      online: (send) => (this.#link = this.replica.link(HUB, send)),
      offline: () => {
        this.#link?.close();
        this.#mesh.hubAway();
        this.#claiming.hubAway();
        this.recalls.hubAway();
      },
      sync: (message) => this.#receive(message),
      inbound: (message) => this.#hear(message),
      changed: (state) => this.#become(state),
      complained: (complaint) => (this.complaint.value = complaint ?? null),
    });
  }

  static async open(deps: SessionDeps): Promise<Session> {
    const { shelf } = deps;
    const [config, peers] = await Promise.all([readConfig(shelf), readPeers(shelf)]);
    const session = new Session(deps, { config, peers });
    await session.duty.load();
    await session.notices.load();
    session.replica = await Replica.open({
      register: deps.enrolment.registerId,
      journal: deps.journal,
      random: deps.random,
      now: deps.now,
      changed: (checks) => session.changed(checks),
      suspect: (peer, why) => session.#mesh.suspected(peer, why),
    });
    session.#mesh = new Mesh({
      self: deps.enrolment.registerId,
      replica: session.replica,
      open: deps.direct,
      now: deps.now,
      steady: deps.steady ?? deps.now,
      random: deps.random,
      hub: (message) => session.#uplink.say(message),
      ...{ changed: () => session.#linksChanged(), news: () => session.#uplink.news() },
      claim: () => session.#claiming.own,
      claimed: (peer, claim) => session.#claiming.heard(peer, claim),
    });
    session.#claiming.show(session.#isFront);
    session.replica.setSync(session.sync.value);
    session.changed(new Set());
    return session;
  }

  tick(): void {
    const now = this.#deps.now();
    this.clock.value = now;
    this.#uplink.tick();
    this.#mesh.tick();
    this.#claiming.tick();
    this.recalls.tick();
    this.#linksChanged();
    this.replica.tick(now);
  }

  /** The page came to the front, or the network came back. Another tab that took over keeps the session. */
  wake(): void {
    this.#farewell.takeBack();
    this.#claiming.show(this.#isFront);
    if (this.state.value !== "replaced") this.#uplink.wake();
  }

  /** The page is being hidden or closed: hub and peers should know before the system stops us. Another tab that took over goes on. */
  leave(kind: LastWordsKind): void {
    this.#claiming.show(false);
    if (this.state.value === "replaced" || this.state.value === "refused") return;
    if (this.#farewell.say(kind, this.enrolment.value.token)) this.#uplink.beat();
  }

  /** What the hub should know at once has changed. */
  beat(): void {
    this.#uplink.beat();
  }

  /** A check is worked on here until the answer is called. The others are told; nothing is kept from anybody. */
  enter(check: OpId): () => void {
    this.#claiming.enter(check, this.who.name);
    return () => this.#claiming.leave();
  }

  /** Who else is in a check now. */
  othersIn(check: OpId): readonly Claim[] {
    return othersIn(this.claims.value, check, this.enrolment.value.registerId);
  }

  /** Takes the session back from another tab. */
  async useHere(): Promise<void> {
    await this.refresh();
    this.#uplink.wake();
  }

  /** Takes up what another tab wrote. */
  refresh(): Promise<void> {
    return this.replica.refresh().catch(() => {});
  }

  stop(): void {
    this.#uplink.stop();
    this.#mesh.stop();
  }

  /** Fetches menu and settings, and compares changes with the hub at once. */
  getUpdates(): Promise<Updates> {
    this.wake();
    this.replica.compare();
    return this.#updater.fetch();
  }

  get #isFront(): boolean {
    return this.#deps.screen().foreground !== false;
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
      case "claims":
        return this.#claiming.hear(message);
      case "recalled":
        return this.recalls.hear(message);
      case "walk":
        return void this.walk.start(message.spot);
      case "answer":
        this.#takePeers(message.registers);
        this.findings.value = message.findings;
        break;
      default:
        if (message.type === "welcome") this.recalls.understood.value = message.recalls ?? false;
        this.#takeStanding(message);
    }
    if (message.configVersion !== this.config.value?.version) this.#updater.fetch();
  }

  #takePeers(peers: readonly Peer[]): void {
    const same = JSON.stringify(peers) === JSON.stringify(this.peers.value);
    this.peersHeardAt.value = this.#deps.now();
    for (const { id, behind } of peers) if (behind === 0) this.replica.vouch(id);
    this.changed(new Set());
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
    this.replica.setSync(on);
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

  #heartbeat(): Heartbeat {
    const { device, screen, now } = this.#deps;
    return reportOf({
      now: now(),
      onlineSince: this.stateSince.value,
      configVersion: this.config.value?.version,
      device,
      screen: { ...screen(), shiftOpen: this.shift.value !== undefined, lastWords: this.#farewell.words },
      unsynced: this.replica.unsynced(),
      vector: this.replica.vector(),
      links: this.#mesh.reports(),
      suspects: this.#mesh.suspects(),
    });
  }
}
