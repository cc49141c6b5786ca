/**
 * One peer, as a register keeps it: the state of the path to it, the channel if there is one, and the replica's link over that
 * channel. The transport is handed in, so the same code runs over a browser's WebRTC, over node-datachannel, and in tests over nothing.
 */
import type { ClaimTo } from "./claim.ts";
import { DIRECT_VERSION, DirectFrame, Greet } from "./direct.ts";
import { framesOf } from "./frames.ts";
import { type RegisterId, registerOf } from "./ids.ts";
import {
  isBeatDue,
  isOpen,
  isTryDue,
  type LinkEvent,
  type LinkState,
  newLink,
  type RelayWhy,
  step,
  type Switch,
  switchBetween,
} from "./link.ts";
import type { NegotiateBody } from "./negotiate.ts";
import type { Link, Replica } from "./replica.ts";
import { MESSAGE_MAX_BYTES, parseMessage, type SyncMessage } from "./wire.ts";

export const CHANNEL_PUSH_MAX_BYTES = 1024 * 1024; // above this nothing is pushed: the peer catches up by its next `have`

export const SUSPECTED_MAX = 3; // frames of ops that do not fit, on one channel: then it is closed

/** What a transport says of itself while it opens a channel; the other side's transport takes it with `accept`. */
export type Described =
  | { readonly kind: "offer" | "answer"; readonly sdp: string }
  | { readonly kind: "candidate"; readonly candidate: string; readonly mid: string };

export interface ChannelEvents {
  described(description: Described): void;
  opened(): void;
  received(text: string): void;
  closed(): void; // also when it never opened
}

/** An ordered, reliable channel. None of its calls throws. */
export interface Channel {
  accept(description: Described): void; // in the order in which they were described
  send(text: string): void;
  queuedBytes(): number;
  close(): void;
}

/** Begins a channel; the side with role `offer` makes it. Events come later, never during this call. */
export type OpenChannel = (role: "offer" | "answer", events: ChannelEvents) => Channel;

/** Who passes offers on: the hub, or a register that both can reach. */
export type Via = "hub" | RegisterId;

export interface PeeringDeps {
  readonly self: RegisterId;
  readonly replica: Replica;
  readonly open: OpenChannel | undefined; // undefined: this device has no WebRTC
  readonly steady: () => number; // a clock that never jumps, in ms
  readonly dice: () => number; // 0 to 1
  readonly newCall: () => string;
  readonly negotiate: (via: Via, to: RegisterId, body: NegotiateBody) => void;
  readonly passed: (peer: RegisterId, frame: PassedFrame) => void; // something that is not for this peering
  readonly reach: () => RegisterId[]; // to whom we have direct links
  readonly claim: () => ClaimTo | undefined; // what this register is in now
  readonly claimed: (peer: RegisterId, claim: ClaimTo | undefined) => void; // undefined: its word is not heard any more
  readonly switched: (peer: RegisterId, change: Switch) => void;
  readonly garbage?: (peer: RegisterId) => void; // it has greeted us, and sends what is not a message
}

export type PassedFrame = Extract<DirectFrame, { type: "negotiate" | "undelivered" }>;

export class Peering {
  readonly id: RegisterId;
  readonly #deps: PeeringDeps;
  pairing: string;
  here: boolean; // the hub has a session with it
  #state: LinkState;
  #call: string | undefined; // the attempt or channel in use
  #via: Via = "hub";
  #channel: Channel | undefined;
  #greeted = false; // our greet is the first frame on it
  #reach: readonly RegisterId[] = []; // to whom it has direct links, by its last beat
  #sync: Link | undefined; // once it has greeted us
  #suspected = 0; // frames of ops that did not fit, on this channel
  #claims = false; // it has said that it understands them

  constructor(id: RegisterId, { pairing, here }: { pairing: string; here: boolean }, deps: PeeringDeps) {
    this.id = id;
    this.pairing = pairing;
    this.here = here;
    this.#deps = deps;
    this.#state = newLink(deps.steady());
    if (!deps.open) this.fail("unsupported");
  }

  get state(): LinkState {
    return this.#state;
  }

  get isLinked(): boolean {
    return this.#sync !== undefined;
  }

  isTryDue(now: number): boolean {
    return this.#deps.open !== undefined && isTryDue(this.#state, now);
  }

  /** Tries to open a channel: the smaller id offers, the other asks it to. */
  attempt(via: Via): void {
    this.#begin(via);
    if (this.#isOfferer) this.#open("offer", this.#deps.newCall());
    else this.#deps.negotiate(via, this.id, { kind: "ask" });
  }

  /** What the peer says, brought by `via`. What belongs to an earlier attempt is not heard. */
  negotiate(body: NegotiateBody, via: Via): void {
    if (!this.#deps.open) return this.#tellCannot(body, via);
    switch (body.kind) {
      case "ask": // it has no channel, whatever we think
        if (this.#isOfferer && this.#state.path.kind !== "trying") this.attempt(via);
        return;
      case "cannot":
        return this.fail("peer-unsupported");
      case "offer":
        if (this.#isOfferer) return;
        this.#begin(via);
        this.#step({ kind: "met" });
        this.#open("answer", body.call);
        return this.#channel?.accept(body);
      case "answer":
      case "candidate":
        if (body.call !== this.#call) return;
        if (body.kind === "answer") this.#step({ kind: "met" });
        return this.#channel?.accept(body);
    }
  }

  /** What we said did not reach it. */
  undelivered(why: RelayWhy): void {
    if (this.#state.path.kind === "trying") this.fail(why);
  }

  note(event: LinkEvent): void {
    this.#step(event);
  }

  tick(now: number): void {
    this.#step({ kind: "tick" });
    if (!isOpen(this.#state) && this.#state.path.kind !== "trying") this.#drop();
    if (isBeatDue(this.#state, now)) this.beat();
  }

  /** Asks the peer whether it is there, and tells it whom we reach. */
  beat(): void {
    if (!this.#sync) return;
    this.#step({ kind: "beat" });
    this.send({ type: "beat", n: this.#state.asked, reach: this.#deps.reach() });
  }

  /** Sends a frame that is not sync, if there is a channel. */
  send(frame: DirectFrame): void {
    if (this.#sync) this.#channel?.send(JSON.stringify(frame));
  }

  /** It sent ops that do not fit: forgiven once or twice, since a device may be in the middle of an update. */
  suspected(): void {
    this.#suspected += 1;
    if (this.#suspected >= SUSPECTED_MAX) this.fail("suspect");
  }

  /** Tells the peer what this register is in, if it wants to know. */
  claim(claim: ClaimTo | undefined): void {
    if (this.#claims && claim) this.send(claim);
  }

  /** Gives the channel up. */
  fail(why: RelayWhy): void {
    this.#step({ kind: "failed", why });
    this.#drop();
  }

  get #isOfferer(): boolean {
    return this.#deps.self < this.id;
  }

  #tellCannot(body: NegotiateBody, via: Via): void {
    if (body.kind === "ask" || body.kind === "offer") this.#deps.negotiate(via, this.id, { kind: "cannot" });
  }

  #begin(via: Via): void {
    this.#drop();
    this.#via = via;
    this.#step({ kind: "attempt" });
  }

  #open(role: "offer" | "answer", call: string): void {
    this.#call = call;
    const live = () => this.#call === call;
    this.#channel = this.#deps.open?.(role, {
      described: (description) => live() && this.#deps.negotiate(this.#via, this.id, { ...description, call }),
      opened: () => live() && this.#greet(),
      received: (text) => live() && this.#receive(text),
      closed: () => live() && this.#closed(),
    });
  }

  #greet(): void {
    if (this.#greeted) return;
    this.#greeted = true;
    const { self, replica } = this.#deps;
    const who = { register: self, replica: replica.id, pairing: this.pairing };
    const greet: Greet = { type: "greet", version: DIRECT_VERSION, ...who, claims: true };
    this.#channel?.send(JSON.stringify(greet));
  }

  #receive(text: string): void {
    if (text.length > MESSAGE_MAX_BYTES) return this.#refuse();
    if (!this.#sync) return this.#receiveGreet(text);
    const parsed = parseMessage(DirectFrame, text);
    if (!parsed.ok) return this.#refuse();
    const frame = parsed.message;
    switch (frame.type) {
      case "have":
      case "want":
      case "family":
      case "delta":
        return void this.#sync.receive(frame).catch(() => {}); // storage did not take it: the next `have` brings it again
      case "beat":
        this.#reach = frame.reach;
        return this.send({ type: "echo", n: frame.n });
      case "echo":
        return this.#step({ kind: "echo", n: frame.n });
      case "claim":
        return this.#claims ? this.#deps.claimed(this.id, frame) : undefined;
      default:
        return this.#deps.passed(this.id, frame);
    }
  }

  #refuse(): void {
    if (this.#sync) this.#deps.garbage?.(this.id);
    this.fail("garbage");
  }

  #receiveGreet(text: string): void {
    const parsed = parseMessage(Greet, text);
    if (!parsed.ok) return this.fail("garbage");
    const { version, register, replica, pairing, claims = false } = parsed.message;
    if (version !== DIRECT_VERSION) return this.fail("other-version");
    const isIt = register === this.id && registerOf(replica) === this.id && pairing === this.pairing;
    if (!isIt) return this.fail("wrong-identity");
    this.#greet(); // its greet may come before our side says that the channel is open
    this.#step({ kind: "opened" });
    const skips = (writer: RegisterId) => writer !== this.#deps.self && this.#reach.includes(writer);
    this.#sync = this.#deps.replica.link(this.id, (message) => this.#push(message), skips);
    this.beat();
    this.#claims = claims;
    this.claim(this.#deps.claim());
  }

  #push(message: SyncMessage): void {
    const channel = this.#channel;
    if (!channel || channel.queuedBytes() > CHANNEL_PUSH_MAX_BYTES) return;
    for (const frame of framesOf(message)) channel.send(frame);
  }

  #closed(): void {
    const { path } = this.#state;
    this.fail(path.kind !== "trying" ? "closed" : path.met ? "no-route" : "no-answer");
  }

  #drop(): void {
    this.#call = undefined; // first: what the channel says from now on is not heard
    this.#sync?.close();
    this.#sync = undefined;
    this.#channel?.close();
    this.#channel = undefined;
    this.#greeted = false;
    this.#suspected = 0;
    this.#reach = [];
    if (this.#claims) this.#deps.claimed(this.id, undefined);
    this.#claims = false;
  }

  #step(event: LinkEvent): void {
    const before = this.#state;
    this.#state = step(before, event, this.#deps.steady(), this.#deps.dice());
    const change = switchBetween(before, this.#state);
    if (change) this.#deps.switched(this.id, change);
  }
}
