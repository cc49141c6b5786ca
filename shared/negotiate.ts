/**
 * What two registers say to each other to open a direct link, and who is there to say it to. The hub passes it on, and so does any
 * register that both can reach when the hub is away. Who passes it on changes nothing in it; the hub notes how one can be found.
 */
import { z } from "zod";
import { RegisterId } from "./ids.ts";

export const SDP_MAX = 16 * 1024; // characters; a data channel's is about 500, with many addresses 2,000
export const CANDIDATE_MAX = 1024; // characters; about 120 in practice
export const NEGOTIATE_PER_MINUTE_MAX = 600; // of one sender: some ten for each attempt, fifteen peers at once, and four tries
export const PEERS_MAX = 31; // other registers of a venue that one register links with; with the hub, what a heartbeat reports

const CALL_LENGTH = 8; // 40 bits: tells one attempt from the next
const PAIRING_LENGTH = 26; // 130 bits
const call = z.string().length(CALL_LENGTH);
const text = z.string().min(1); // bounded by the frame here; `isTooLarge` tells the sender what it did

/** `ask`: the smaller id is to offer. `cannot`: this device has no WebRTC. The rest is one attempt, named by its `call`. */
export const NegotiateBody = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ask") }),
  z.strictObject({ kind: z.literal("cannot") }),
  z.strictObject({ kind: z.literal("offer"), call, sdp: text }),
  z.strictObject({ kind: z.literal("answer"), call, sdp: text }),
  z.strictObject({ kind: z.literal("candidate"), call, candidate: text, mid: z.string().max(32) }),
]);
export type NegotiateBody = z.infer<typeof NegotiateBody>;

/** Sent to whoever passes it on. */
export const NegotiateTo = z.strictObject({ type: z.literal("negotiate"), to: RegisterId, body: NegotiateBody });
/** As it arrives; `from` is written by whoever passed it on, never by the sender. */
export const NegotiateFrom = z.object({ type: z.literal("negotiate"), from: RegisterId, body: NegotiateBody });
export type NegotiateTo = z.infer<typeof NegotiateTo>;
export type NegotiateFrom = z.infer<typeof NegotiateFrom>;

export const Undelivered = z.object({
  type: z.literal("undelivered"),
  to: RegisterId,
  why: z.enum(["peer-away", "peer-busy", "too-large", "too-many"]),
});
export type Undelivered = z.infer<typeof Undelivered>;

/**
 * Every other register that is enrolled, and whether it has a session now. `pairing` is known to the two and the hub only; each
 * shows it to the other on a channel that has just opened.
 */
export const Present = z.object({
  type: z.literal("present"),
  registers: z.array(z.object({ id: RegisterId, here: z.boolean(), pairing: z.string().length(PAIRING_LENGTH) })),
});
export type Present = z.infer<typeof Present>;

export const LENGTHS = { call: CALL_LENGTH, pairing: PAIRING_LENGTH } as const;

/** Whether a body is beyond its bounds. */
export function isTooLarge(body: NegotiateBody): boolean {
  switch (body.kind) {
    case "ask":
    case "cannot":
      return false;
    case "offer":
    case "answer":
      return body.sdp.length > SDP_MAX;
    case "candidate":
      return body.candidate.length > CANDIDATE_MAX;
  }
}

const WINDOW_MS = 60_000;

/** How much of what one sender may do in a minute it has left. */
export class Allowance {
  readonly #max: number;
  #since = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor(max = NEGOTIATE_PER_MINUTE_MAX) {
    this.#max = max;
  }

  take(now: number): boolean {
    if (now - this.#since >= WINDOW_MS) {
      this.#since = now;
      this.#used = 0;
    }
    return ++this.#used <= this.#max;
  }
}
