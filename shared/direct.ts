/**
 * Every message on a direct channel between two registers, and how long ones are cut. The first frame each way is `greet`; then sync
 * as over the hub, beats that show that the channel lives, and offers passed on for two others that cannot reach the hub.
 *
 * Version history:
 *   1  first
 */
import { z } from "zod";
import { RegisterId, ReplicaId } from "./ids.ts";
import { LENGTHS, NegotiateFrom, NegotiateTo, Undelivered } from "./negotiate.ts";
import { Delta, Have, type SyncMessage } from "./wire.ts";

export const DIRECT_VERSION = 1;
export const FRAME_MAX_CHARS = 64 * 1024; // at three bytes a character still below the 256 KiB that a channel carries

export const Greet = z.object({
  type: z.literal("greet"),
  version: z.number().int().min(1),
  register: RegisterId,
  replica: ReplicaId,
  pairing: z.string().length(LENGTHS.pairing),
});
export type Greet = z.infer<typeof Greet>;

const n = z.number().int().min(0);

/** `negotiate` with `to` asks the other to pass it on; with `from` it was passed on. */
export const DirectFrame = z.union([
  z.discriminatedUnion("type", [
    Have,
    Delta,
    z.strictObject({ type: z.literal("beat"), n }),
    z.strictObject({ type: z.literal("echo"), n }),
    Undelivered,
  ]),
  NegotiateTo,
  NegotiateFrom,
]);
export type DirectFrame = z.infer<typeof DirectFrame>;

/** A sync message as frames of at most FRAME_MAX_CHARS: a delta too long for one is halved until each part fits. */
export function framesOf(message: SyncMessage): string[] {
  const text = JSON.stringify(message);
  if (message.type === "have" || text.length <= FRAME_MAX_CHARS) return [text];
  const [first, ...others] = message.runs;
  if (first && others.length > 0) {
    const half = Math.ceil(message.runs.length / 2);
    return [message.runs.slice(0, half), message.runs.slice(half)].flatMap((runs) => framesOf({ type: "delta", runs }));
  }
  if (!first || first.ops.length === 1) return [text]; // one op is about 8 kB at most
  const half = Math.ceil(first.ops.length / 2);
  return [
    { ...first, ops: first.ops.slice(0, half) },
    { ...first, from: first.from + half, ops: first.ops.slice(half) },
  ].flatMap((run) => framesOf({ type: "delta", runs: [run] }));
}
