/**
 * The facts the hub holds in memory: what each register last said, what was seen of it, the router, the hub itself. Rules are tested on
 * these; nothing here reads the store or the network.
 */
import type { Heartbeat, SignalReport } from "../shared/heartbeat.ts";
import type { RegisterId } from "../shared/ids.ts";
import type { LastWordsRequest } from "../shared/last_words.ts";
import {
  type Facts,
  type HubFact,
  newRegisterFacts,
  noteHeartbeat,
  noteSignal,
  type RegisterFacts,
  type RouterFact,
  type SessionFact,
  type VenueFact,
} from "../shared/rules/facts.ts";
import type { NegotiateBody } from "../shared/negotiate.ts";
import type { MdnsFact } from "../shared/rules/mdns_fact.ts";
import { networkAfter, type NetworkFact, type VerdictKind } from "../shared/rules/ladder.ts";
import type { NetworkRound } from "../shared/rules/network.ts";
import { offerAfter } from "../shared/offer.ts";
import { peersHeard } from "../shared/rules/peers_heard.ts";
import { noteHeard, noteLastWords } from "../shared/rules/heard.ts";
import { networkSetBack, registerSetBack, storageErrorSetBack } from "../shared/rules/set_back.ts";
import { ABSENCE_MS, type AddressFact, macsAfter } from "../shared/rules/traces.ts";
import { beyond, type Vector } from "../shared/sync/vector.ts";

const CUT_OFF: ReadonlySet<VerdictKind | undefined> = new Set(["own-link", "lan-down", "router-down"]);
const AFTER_CUT_MS = 15_000; // what waited on the way comes in within three heartbeats
const STORAGE_FAULT_KEPT_MS = 60_000; // a failed write is news for this long after the last one

/** A row of the store: who is enrolled, and what it last said before this hub began. */
export interface Known {
  readonly id: RegisterId;
  readonly name: string;
  readonly letter: string;
  readonly enrolledAt: number;
  readonly heardAt?: number;
  readonly facts?: unknown;
}

type Affairs = Pick<Facts, "checks" | "losses" | "suspicions" | "dhcp"> & Pick<HubFact, "damaged">;
/** What one round of probes found. */
export interface ProbeNews extends Pick<HubFact, "interfaces" | "diskFreeBytes" | "clockOffsetMs"> {
  readonly router: RouterFact; // as rounds agree
  readonly network?: NetworkRound; // this round alone
  readonly macs: ReadonlyMap<string, string>; // by address
}

export class Health {
  readonly #registers = new Map<RegisterId, RegisterFacts>();
  #startedAt: number;
  #lastAt: number; // the latest that the clock was seen to say
  #router: RouterFact = { how: "not probed yet" };
  #network: NetworkFact | undefined;
  #hub: Pick<HubFact, "interfaces" | "diskFreeBytes" | "clockOffsetMs"> = { interfaces: [] };
  #macs: ReadonlyMap<string, string> = new Map();
  #storageError: HubFact["storageError"];
  #mdns: MdnsFact | undefined;
  #cutOffAt = -Infinity;

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
    this.#lastAt = startedAt;
  }

  /** Takes a register up. What it said before a restart is shown, but counts as unheard: rules of silence wait for news. */
  add({ id, name, letter, enrolledAt, heardAt, facts }: Known): void {
    const before = (facts ?? {}) as Partial<RegisterFacts>;
    const register: RegisterFacts = {
      ...newRegisterFacts({ id, name, letter, enrolledAt }),
      ...before,
      ...{ id, name, letter, enrolledAt, heardAt, heardSinceStart: false, session: undefined },
    };
    const aheadMs = Math.max(0, (heardAt ?? 0) - this.#lastAt); // the clock was set back while the hub was off
    this.#registers.set(id, registerSetBack(register, aheadMs));
  }

  remove(id: RegisterId): void {
    this.#registers.delete(id);
  }

  has(id: RegisterId): boolean {
    return this.#registers.has(id);
  }

  register(id: RegisterId): RegisterFacts | undefined {
    return this.#registers.get(id);
  }

  all(): readonly RegisterFacts[] {
    return [...this.#registers.values()];
  }

  rename(id: RegisterId, name: string): void {
    this.#update(id, { name });
  }

  /** `held` is what the hub holds: what the register holds beyond that is kept, in case it is lost. */
  heartbeat(
    id: RegisterId,
    beat: Heartbeat,
    { held, ...context }: { now: number; source?: string; configVersion: number; held: Vector },
  ): void {
    const register = this.#known(id, context.now);
    if (!register) return;
    const unsaved = beat.vector === undefined ? register.unsaved : beyond(beat.vector, held);
    this.#registers.set(id, { ...noteHeartbeat(register, beat, context), unsaved });
  }

  signal(id: RegisterId, report: SignalReport, now: number): void {
    const register = this.#known(id, now);
    if (register) this.#registers.set(id, noteSignal(register, report, now));
  }

  /** Any message counts as a sign of life. */
  heard(id: RegisterId, now: number): void {
    const register = this.#known(id, now);
    if (register) this.#registers.set(id, noteHeard(register, now));
  }

  /** Part of an offer of a direct link was passed on for a register. */
  offered(id: RegisterId, body: NegotiateBody, now: number): void {
    const register = this.#known(id, now);
    if (register) this.#update(id, { offer: offerAfter(register.offer, body, now) });
  }

  lastWords(id: RegisterId, words: LastWordsRequest, now: number): void {
    const register = this.#known(id, now);
    if (register) this.#registers.set(id, noteLastWords(register, words, now));
  }

  /** Whether the address of a register that went quiet answers. */
  asked(id: RegisterId, address: AddressFact): void {
    this.#heed(address.at);
    this.#update(id, { address });
  }

  session(id: RegisterId, session: SessionFact | undefined): void {
    this.#update(id, { session });
  }

  /**
   * A round of probes ended at `now`. Registers that are heard prove the network better than asking its other machines does. "disputed": it
   * says something else than is held to be so, and the next round decides.
   */
  probed(
    { router, network, macs, interfaces, diskFreeBytes, clockOffsetMs }: ProbeNews,
    now: number,
  ): "agreed" | "disputed" {
    this.#heed(now);
    this.#router = router;
    this.#macs = macs;
    this.#hub = { interfaces, diskFreeBytes, clockOffsetMs };
    this.#noteMacs(now);
    if (network === undefined) return "agreed";
    const peers = peersHeard(this.all(), now, network.own.ok === false) ?? network.peers;
    const { verdict, last } = this.#network = networkAfter(this.#network, { ...network, peers }, now);
    return verdict.kind === last.kind ? "agreed" : "disputed";
  }

  /** Whether the router did not answer in the last round. */
  get isRouterSilent(): boolean {
    return this.#network?.gateway.ok === false;
  }

  /** Whether a register has come from an address of which no round of probes could tell the hardware yet. */
  get isNewcomerUnseen(): boolean {
    const probedAt = this.#network?.checkedAt ?? -Infinity;
    return this.all().some(({ session, sourceAddress }) =>
      (session?.openSince ?? -Infinity) >= probedAt && sourceAddress !== undefined && !this.#macs.has(sourceAddress)
    );
  }

  /** Whether the hub itself may reach nobody, or might a moment ago: what was lost then is no register's own loss. */
  isCutOff(now: number): boolean {
    if (CUT_OFF.has(this.#network?.verdict.kind)) this.#cutOffAt = now;
    const ago = now - this.#cutOffAt;
    return ago >= 0 && ago <= AFTER_CUT_MS; // not after the clock was set back
  }

  /** What multicast DNS has told so far. */
  overheard(mdns: MdnsFact): void {
    this.#mdns = mdns;
  }

  get router(): RouterFact {
    return this.#router;
  }

  storageFailed(message: string, at: number): void {
    this.#heed(at);
    this.#storageError = { at, message };
  }

  facts(now: number, venue: VenueFact, { damaged, ...affairs }: Affairs): Facts {
    this.#heed(now);
    const { at } = this.#storageError ?? {};
    if (at !== undefined && now - at > STORAGE_FAULT_KEPT_MS) this.#storageError = undefined;
    return {
      now,
      venue,
      ...affairs,
      hub: { startedAt: this.#startedAt, ...this.#hub, storageError: this.#storageError, damaged },
      router: this.#router,
      network: this.#network,
      mdns: this.#mdns,
      registers: this.all().map((register) => ({ ...register, sourceMac: this.#macOf(register) })),
    };
  }

  /** Which hardware is behind the address of each register that is heard. */
  #noteMacs(now: number): void {
    for (const register of this.all()) {
      const { id, heardAt, sourceAddress } = register;
      const mac = sourceAddress && this.#macs.get(sourceAddress);
      const isHeard = heardAt !== undefined && now - heardAt < ABSENCE_MS;
      if (mac && isHeard) this.#update(id, { macs: macsAfter(register.macs ?? [], mac, now) });
    }
  }

  #macOf({ sourceAddress, sourceMac }: RegisterFacts): string | undefined {
    return (sourceAddress && this.#macs.get(sourceAddress)) ?? sourceMac;
  }

  /** A register as it is at `now`. */
  #known(id: RegisterId, now: number): RegisterFacts | undefined {
    this.#heed(now);
    return this.#registers.get(id);
  }

  /** Looks at the clock before anything is noted by it: was it set back? */
  #heed(now: number): void {
    const byMs = this.#lastAt - now;
    this.#lastAt = now;
    if (byMs <= 0) return;
    this.#startedAt -= byMs;
    this.#network = this.#network && networkSetBack(this.#network, byMs);
    this.#storageError = storageErrorSetBack(this.#storageError, byMs);
    for (const [id, register] of this.#registers) this.#registers.set(id, registerSetBack(register, byMs));
  }

  #update(id: RegisterId, change: Partial<RegisterFacts>): void {
    const register = this.#registers.get(id);
    if (register) this.#registers.set(id, { ...register, ...change });
  }
}
