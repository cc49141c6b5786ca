/**
 * All direct links of one register: which peers there are, by whom offers reach them, what of it is told. The hub's list says who is
 * there; links that are open go on when the hub is away, and new ones are then negotiated through a register that both can reach.
 */
import type { LinkReport, SuspectReport, SuspectWhy } from "./heartbeat.ts";
import type { ClaimTo } from "./claim.ts";
import { type Random, randomWord, type RegisterId } from "./ids.ts";
import { isOpen, quality, type RelayWhy, relayWhy, shown, type Switch, TRUST_MS } from "./link.ts";
import { whyText } from "./link_words.ts";
import {
  Allowance,
  isTooLarge,
  LENGTHS,
  type NegotiateBody,
  type NegotiateFrom,
  type NegotiateTo,
  PEERS_MAX,
  type Present,
  type Undelivered,
} from "./negotiate.ts";
import { type OpenChannel, type PassedFrame, Peering, type PeeringDeps, type Via } from "./peering.ts";
import type { Replica } from "./replica.ts";
import { SuspectPeers } from "./suspects.ts";

export const SWITCHES_MAX = 50; // of all links, the newest; an evening with a bad radio shows its pattern in these

export interface MeshDeps {
  readonly self: RegisterId;
  readonly replica: Replica;
  readonly open: OpenChannel | undefined; // undefined: this device has no WebRTC
  readonly now: () => number; // wall time, for what people read
  readonly steady: () => number; // a clock that never jumps, in ms
  readonly random: Random;
  readonly hub: (message: NegotiateTo) => boolean; // false: there is no session to send it on
  readonly changed?: () => void; // a path is another
  readonly news?: () => void; // what `reports` tells of a path, or why it is not direct, is another
  readonly claim?: () => ClaimTo; // what this register is in now, for a peer that has just linked
  readonly claimed?: (peer: RegisterId, claim: ClaimTo | undefined) => void; // undefined: its word is not heard any more
}

/** One switch of one path, in wall time. */
export interface SwitchRecord extends Switch {
  readonly peer: RegisterId;
}

/** How changes reach a peer: `none` when there is no direct link and no hub. */
export type PeerPath = "direct" | "relay" | "none";

export class Mesh {
  readonly #deps: MeshDeps;
  readonly #peering: PeeringDeps;
  readonly #peers = new Map<RegisterId, Peering>();
  readonly #allowances = new Map<RegisterId, Allowance>();
  readonly #suspects = new SuspectPeers();
  #switches: readonly SwitchRecord[] = [];
  #hub = false;
  #told = ""; // what `reports` told last, without its figures
  #tickedAt: number;

  constructor(deps: MeshDeps) {
    this.#deps = deps;
    this.#tickedAt = deps.steady();
    const { self, replica, open, steady, random } = deps;
    this.#peering = {
      ...{ self, replica, open, steady },
      dice: () => (random(1)[0] ?? 0) / 255,
      newCall: () => randomWord(random, LENGTHS.call),
      negotiate: (via, to, body) => this.#send(via, to, body),
      passed: (peer, frame) => this.#passed(peer, frame),
      reach: () => this.#reach(),
      switched: (peer, change) => this.#switched(peer, change),
      garbage: (peer) => this.#suspects.note(peer, "garbage", steady()),
      claim: () => deps.claim?.(),
      claimed: (peer, claim) => deps.claimed?.(peer, claim),
    };
  }

  /** The replica says that a peer, or the hub, sent what no sound peer sends. A direct link whose peer goes on so is closed. */
  suspected(peer: string, why: SuspectWhy): void {
    this.#suspects.note(peer, why, this.#deps.steady());
    this.#peers.get(peer)?.suspected();
  }

  /** Whom the heartbeat complains of. */
  suspects(): SuspectReport[] {
    return this.#suspects.reports(this.#deps.steady());
  }

  /** The newest last. */
  get switches(): readonly SwitchRecord[] {
    return this.#switches;
  }

  /** Takes what the hub says about peers. */
  hear(message: Present | NegotiateFrom | Undelivered): void {
    switch (message.type) {
      case "present":
        return this.#present(message);
      case "negotiate":
        return this.#peers.get(message.from)?.negotiate(message.body, "hub");
      case "undelivered":
        return this.#peers.get(message.to)?.undelivered(relayWhyOf(message.why));
    }
  }

  /** Tells every linked peer what this register is in. */
  claim(claim: ClaimTo): void {
    for (const peering of this.#peers.values()) peering.claim(claim);
  }

  /** The session with the hub has ended. Links go on. */
  hubAway(): void {
    this.#hub = false;
    for (const peering of this.#peers.values()) peering.here = false;
    this.#deps.changed?.();
  }

  /** Call a few times a second, once at least. */
  tick(): void {
    const now = this.#deps.steady();
    const slept = now - this.#tickedAt > TRUST_MS;
    this.#tickedAt = now;
    for (const peering of this.#peers.values()) {
      if (slept) peering.note({ kind: "slept" });
      peering.tick(now);
      const via = peering.isTryDue(now) ? this.#viaFor(peering) : undefined;
      if (via !== undefined) peering.attempt(via);
    }
    const told = JSON.stringify(this.reports().map(({ peer, path, why }) => [peer, path, why]));
    if (told !== this.#told) this.#deps.news?.();
    this.#told = told;
  }

  pathOf(id: RegisterId): PeerPath {
    const peering = this.#peers.get(id);
    if (peering && shown(peering.state) === "direct") return "direct";
    return this.#hub && peering?.here ? "relay" : "none";
  }

  /** One row for each peer that is there, for the heartbeat. */
  reports(): LinkReport[] {
    const now = this.#deps.steady();
    return [...this.#peers.values()].filter(({ here, isLinked }) => here || isLinked).map(({ id, state }) => {
      const direct = shown(state) === "direct";
      const why = state.path.kind === "proving"
        ? "opened"
        : shown(state) === "doubt"
        ? "missed-beats"
        : relayWhy(state);
      return {
        peer: id,
        path: direct ? "direct" : "relay",
        ...(isOpen(state) ? quality(state, now) : { rttMs: undefined, lossPercent: undefined }),
        since: new Date(this.#wall(state.shownSince)).toISOString(),
        why: direct ? undefined : whyText(why),
      };
    });
  }

  /** Closes every channel: this register is let go, or another tab has taken over. The next list of the hub begins anew. */
  stop(): void {
    for (const peering of this.#peers.values()) peering.fail("closed");
    this.#peers.clear();
    this.#hub = false;
    this.#deps.changed?.();
  }

  #present({ registers }: Present): void {
    this.#hub = true;
    const enrolled = new Set(registers.map(({ id }) => id));
    for (const [id, peering] of this.#peers) {
      if (enrolled.has(id)) continue;
      peering.fail("closed"); // no longer of this venue
      this.#peers.delete(id);
      this.#allowances.delete(id);
    }
    for (const row of registers.slice(0, PEERS_MAX)) {
      const known = this.#peers.get(row.id);
      if (!known) this.#peers.set(row.id, new Peering(row.id, row, this.#peering));
      else {
        if (row.here && !known.here) known.note({ kind: "here" });
        known.here = row.here;
        known.pairing = row.pairing;
      }
    }
    this.#deps.changed?.();
  }

  /** Who can pass an offer on to `peering`; with the hub away each linked peer in turn. */
  #viaFor({ id, here, state }: Peering): Via | undefined {
    if (this.#hub && here) return "hub";
    const linked = [...this.#peers.values()].filter((other) => other.isLinked && other.id !== id);
    return linked[state.failures % linked.length]?.id;
  }

  #reach(): RegisterId[] {
    return [...this.#peers.keys()].filter((id) => this.pathOf(id) === "direct");
  }

  #send(via: Via, to: RegisterId, body: NegotiateBody): void {
    const message: NegotiateTo = { type: "negotiate", to, body };
    if (via === "hub") this.#deps.hub(message);
    else this.#peers.get(via)?.send(message);
  }

  /** Something that came over `peer`'s channel and is about a third register. */
  #passed(peer: RegisterId, frame: PassedFrame): void {
    if (frame.type === "undelivered") this.#peers.get(frame.to)?.undelivered(relayWhyOf(frame.why));
    else if ("from" in frame) this.#peers.get(frame.from)?.negotiate(frame.body, peer);
    else this.#passOn(peer, frame);
  }

  /** Passes an offer on for two others. `from` is who sent it to us, whatever it says of itself. */
  #passOn(from: RegisterId, { to, body }: NegotiateTo): void {
    const target = this.#peers.get(to);
    const why = !this.#allowanceOf(from).take(this.#deps.steady())
      ? "too-many"
      : isTooLarge(body)
      ? "too-large"
      : !target?.isLinked
      ? "peer-away"
      : undefined;
    if (why === undefined) target?.send({ type: "negotiate", from, body });
    else this.#peers.get(from)?.send({ type: "undelivered", to, why });
  }

  #allowanceOf(id: RegisterId): Allowance {
    const allowance = this.#allowances.get(id) ?? new Allowance();
    this.#allowances.set(id, allowance);
    return allowance;
  }

  #switched(peer: RegisterId, change: Switch): void {
    const record = { peer, ...change, at: this.#wall(change.at) };
    this.#switches = [...this.#switches, record].slice(-SWITCHES_MAX);
    for (const other of this.#peers.values()) if (other.id !== peer) other.beat(); // they bring it our ops from now on, or not
    this.#deps.changed?.();
  }

  /** A moment of the steady clock as wall time. */
  #wall(steady: number): number {
    return Math.round(this.#deps.now() - (this.#deps.steady() - steady));
  }
}

function relayWhyOf(why: Undelivered["why"]): RelayWhy {
  return why === "peer-away" ? "peer-away" : "refused";
}
