/**
 * Every message on a direct channel between two registers. The first frame each way is `greet`; then sync
 * as over the hub, beats that show that the channel lives, offers passed on for two others that cannot reach the hub, and which check the
 * sender is in, for those who said that they understand.
 *
 * Version history:
 *   1  first
 *   2  `want` and `family`
 */
import { z } from "zod";
import { ClaimTo } from "./claim.ts";
import { RegisterId, ReplicaId } from "./ids.ts";
import { LENGTHS, NegotiateFrom, NegotiateTo, PEERS_MAX, Undelivered } from "./negotiate.ts";
import { Delta, Family, Have, Want } from "./wire.ts";

export const DIRECT_VERSION = 2;

export const Greet = z.object({
  type: z.literal("greet"),
  version: z.number().int().min(1),
  register: RegisterId,
  replica: ReplicaId,
  pairing: z.string().length(LENGTHS.pairing),
  claims: z.boolean().optional(), // whether `claim` may come
});
export type Greet = z.infer<typeof Greet>;

const n = z.number().int().min(0);

/** `reach`: to whom the sender has direct links, so that nobody brings them its ops a second time. `negotiate` with `to` asks the other to pass it on; with `from` it was passed on. */
export const DirectFrame = z.union([
  z.discriminatedUnion("type", [
    Have,
    Delta,
    Want,
    Family,
    z.strictObject({ type: z.literal("beat"), n, reach: z.array(RegisterId).max(PEERS_MAX) }),
    z.strictObject({ type: z.literal("echo"), n }),
    Undelivered,
    ClaimTo,
  ]),
  NegotiateTo,
  NegotiateFrom,
]);
export type DirectFrame = z.infer<typeof DirectFrame>;
