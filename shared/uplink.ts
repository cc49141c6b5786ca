/**
 * A register's session with the hub: connects, says hello, answers pings, sends a heartbeat every few seconds, and comes back by
 * itself after a loss. The socket, the clock and chance are handed in and `tick` is called about once a second, so it runs alike in
 * a browser, in a headless register and in a test without a network.
 */
import type { ClaimTo } from "./claim.ts";
import { HEARTBEAT_EVERY_MS } from "./heartbeat.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { framesOf } from "./frames.ts";
import { encodeMessage } from "./packing.ts";
import type { Random } from "./ids.ts";
import type { NegotiateTo } from "./negotiate.ts";
import { CLOSE, HubMessage, parseMessage, type RegisterMessage, type SyncMessage, WIRE_VERSION } from "./wire.ts";
import type { Hello, Recall } from "./wire.ts";

export const QUIET_MAX_MS = 12_000; // two missed pings and some: the socket is dead, whatever it says
const NEWS_EVERY_MS = 1_000; // links of a whole venue may change in one moment
const CONNECT_MAX_MS = 4_000; // on a local network it takes milliseconds: a hello that is not welcomed by then went nowhere
const STALE_MS = HEARTBEAT_EVERY_MS + 1_000; // on waking: a heartbeat was due and not answered
const CONNECT_STALE_MS = 1_000; // on waking: an attempt from before the page was hidden or the Wi-Fi was gone
const RETRY_FIRST_MS = 500; // a hub that restarts is back in about a second
const RETRY_MAX_MS = 10_000; // longer than this, staff would rather reload the page
export const COMPLAINT_RETRY_MAX_MS = 60_000; // what we send is not taken: trying faster mends nothing
export const COMPLAINT_CLEARS_MS = 60_000; // a session that lasts this long is taken again: gaps end one within half of it
const STEADY_MS = 5_000; // a session must last this long before the next loss starts again with a short wait

export interface Socket {
  send(text: string): void;
  close(): void;
}

export interface SocketEvents {
  opened(): void;
  received(text: string): void;
  closed(code: number): void;
}

/** Why there is no session, or that there is one. `refused` and `replaced` do not heal by waiting. */
export type UplinkState = "connecting" | "online" | "away" | "refused" | "replaced" | "outdated";

/** What the hub would not take of us, so that it ended the session. It may heal: the session is tried again, ever more slowly. */
export type Complaint = "fork" | "gap" | "bad-message" | "too-large" | "flood";

export type Inbound = Exclude<HubMessage, SyncMessage | { type: "ping" }>;
/** What the hub says of the register itself and its venue. */
export type Standing = Extract<Inbound, { type: "welcome" | "settings" }>;

export interface UplinkDeps {
  readonly connect: (events: SocketEvents) => Socket;
  readonly hello: () => Omit<Hello, "type" | "version" | "packed" | "claims">;
  readonly heartbeat: () => Heartbeat;
  readonly now: () => number;
  readonly random: Random;
  readonly online: (send: (message: SyncMessage) => void) => void; // a session has begun: link it
  readonly offline: () => void; // it has ended: unlink
  readonly sync: (message: SyncMessage) => void;
  readonly inbound: (message: Inbound) => void;
  readonly changed: (state: UplinkState) => void;
  readonly complained?: (complaint: Complaint | undefined) => void; // undefined: what we send is taken again
}

export class Uplink {
  readonly #deps: UplinkDeps;
  #socket: Socket | undefined;
  #state: UplinkState = "away";
  #since = 0; // when the session began
  #heardAt = 0;
  #beatAt = 0;
  #isNews = false;
  #retryAt = 0;
  #failures = 0;
  #complaint: Complaint | undefined;

  constructor(deps: UplinkDeps) {
    this.#deps = deps;
  }

  get state(): UplinkState {
    return this.#state;
  }

  /** Drives everything that is due: a retry, a heartbeat, giving up on a socket that went quiet. */
  tick(): void {
    const now = this.#deps.now();
    const patience = this.#state === "online" ? QUIET_MAX_MS : CONNECT_MAX_MS;
    if (this.#socket && now - this.#heardAt > patience) this.#lost("away");
    if (!this.#socket && this.#state === "away" && now >= this.#retryAt) this.#open();
    const beatAgainMs = this.#isNews ? NEWS_EVERY_MS : HEARTBEAT_EVERY_MS;
    if (this.#state === "online" && now - this.#beatAt >= beatAgainMs) this.beat();
    if (this.#state === "online" && now - this.#since >= COMPLAINT_CLEARS_MS) this.#complain(undefined);
  }

  /** Sends a heartbeat now: on hiding, on coming back, and on every change that the hub should know at once. */
  beat(): void {
    if (this.#state !== "online") return;
    this.#beatAt = this.#deps.now();
    this.#isNews = false;
    this.#send({ type: "heartbeat", heartbeat: this.#deps.heartbeat() });
  }

  /** Something is new that need not wait for the next heartbeat: it is told within a second, and once if more comes in it. */
  news(): void {
    this.#isNews = true;
    if (this.#deps.now() - this.#beatAt >= NEWS_EVERY_MS) this.beat();
  }

  /** Has an offer of a direct link passed on, says what this register is in, or asks for old checks; false when there is no session. */
  say(message: NegotiateTo | ClaimTo | Recall): boolean {
    if (this.#state !== "online") return false;
    this.#send(message);
    return true;
  }

  /** Tries at once, whatever the back-off: the page came to the front, or a person asked. Takes over from another tab, too. */
  wake(): void {
    const patience = this.#state === "online" ? STALE_MS : CONNECT_STALE_MS;
    if (this.#socket && this.#deps.now() - this.#heardAt > patience) this.#lost("away");
    if (this.#state === "online") return this.beat();
    if (this.#socket || this.#state === "refused") return;
    this.#set("away");
    this.#retryAt = 0;
    this.tick();
  }

  stop(): void {
    this.#lost("replaced");
  }

  #open(): void {
    this.#heardAt = this.#deps.now();
    this.#set("connecting");
    const events = (live: () => boolean): SocketEvents => ({
      opened: () => live() && this.#hello(),
      received: (text) => live() && this.#receive(text),
      closed: (code) => {
        if (!live()) return;
        const complaint = complaintOf(code);
        if (complaint) this.#complain(complaint);
        this.#lost(stateAfter(code));
      },
    });
    const socket: Socket = this.#deps.connect(events(() => this.#socket === socket));
    this.#socket = socket;
  }

  #hello(): void {
    this.#send({ type: "hello", version: WIRE_VERSION, packed: true, claims: true, ...this.#deps.hello() });
  }

  #receive(text: string): void {
    this.#heardAt = this.#deps.now();
    const parsed = parseMessage(HubMessage, text);
    if (!parsed.ok) return; // a hub of a later version: what we do not know we do without
    const message = parsed.message;
    switch (message.type) {
      case "ping":
        return this.#send({ type: "pong", n: message.n });
      case "have":
      case "want":
      case "family":
      case "retire":
      case "digest":
      case "delta":
        return this.#deps.sync(message);
      case "welcome":
        this.#since = this.#heardAt;
        this.#set("online");
        this.#deps.inbound(message);
        this.#deps.online((sync) => framesOf(sync).forEach((frame) => this.#socket?.send(frame)));
        return this.beat();
      default:
        return this.#deps.inbound(message);
    }
  }

  #lost(state: UplinkState): void {
    const socket = this.#socket;
    this.#socket = undefined;
    const now = this.#deps.now();
    const wasOnline = this.#state === "online";
    if (wasOnline && now - this.#since > STEADY_MS && !this.#complaint) this.#failures = 0;
    this.#retryAt = now + this.#backOff();
    this.#set(state);
    if (wasOnline) this.#deps.offline();
    socket?.close();
  }

  /** Doubling waits with jitter between half and the whole, so that four registers do not come back in the same instant. */
  #backOff(): number {
    const most = this.#complaint ? COMPLAINT_RETRY_MAX_MS : RETRY_MAX_MS;
    const wait = Math.min(most, RETRY_FIRST_MS * 2 ** this.#failures++);
    return wait / 2 + (wait / 2) * ((this.#deps.random(1)[0] ?? 0) / 255);
  }

  #complain(complaint: Complaint | undefined): void {
    if (this.#complaint === complaint) return;
    this.#complaint = complaint;
    if (complaint === undefined) this.#failures = 0;
    this.#deps.complained?.(complaint);
  }

  #send(message: RegisterMessage | SyncMessage | Hello): void {
    this.#socket?.send(encodeMessage(message));
  }

  #set(state: UplinkState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#deps.changed(state);
  }
}

function stateAfter(code: number): UplinkState {
  if (code === CLOSE.unknownToken.code || code === CLOSE.wrongReplica.code) return "refused";
  if (code === CLOSE.replaced.code) return "replaced";
  if (code === CLOSE.wireVersion.code) return "outdated";
  return "away";
}

function complaintOf(code: number): Complaint | undefined {
  switch (code) {
    case CLOSE.fork.code:
      return "fork";
    case CLOSE.gap.code:
      return "gap";
    case CLOSE.badMessage.code:
      return "bad-message";
    case CLOSE.tooLarge.code:
      return "too-large";
    case CLOSE.flood.code:
      return "flood";
    default:
      return undefined;
  }
}
