/** Sync messages as the frames that carry them: packed, and a delta too long for one frame as several. */
import { encodeMessage } from "./packing.ts";
import type { Run, SyncMessage } from "./wire.ts";

export const FRAME_MAX_CHARS = 64 * 1024; // at three bytes a character still below the 256 KiB that a channel carries

/** A sync message as frames of at most FRAME_MAX_CHARS: a delta too long for one is halved until each part fits. */
export function framesOf(message: SyncMessage): string[] {
  const text = encodeMessage(message);
  if (message.type !== "delta" || text.length <= FRAME_MAX_CHARS) return [text];
  const [first, ...others] = message.runs;
  if (first && others.length > 0) {
    const half = Math.ceil(message.runs.length / 2);
    return [message.runs.slice(0, half), message.runs.slice(half)].flatMap((runs) => framesOf({ type: "delta", runs }));
  }
  if (!first || first.ops.length === 1) return [text]; // one op is some 12,000 characters at most
  const half = Math.ceil(first.ops.length / 2);
  return [
    { ...first, ops: first.ops.slice(0, half) },
    { ...first, from: first.from + seqsOf(first.ops.slice(0, half)), ops: first.ops.slice(half) },
  ].flatMap((run) => framesOf({ type: "delta", runs: [run] }));
}

/** How many seqs entries of a run stand for. */
function seqsOf(entries: Run["ops"]): number {
  return entries.reduce((sum, entry) => sum + ("gone" in entry ? entry.gone : 1), 0);
}
