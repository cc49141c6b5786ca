/** The ops of checks that are told as one, as messages that a frame can carry. */
import type { CheckOp } from "./check/op.ts";
import type { OpId } from "./ids.ts";
import { withinOneDelta } from "./sync/exchange.ts";
import { CHECKS_NAMED_MAX, type Family, toRuns } from "./wire.ts";
import { DELTA_OPS_MAX } from "./sync/exchange.ts";

const CHARS_MAX = 40 * 1024; // with the names of up to 1,000 checks beside them still one frame

/** Each names all `checks`, as far as one message can, and says how many ops there are in all. No ops: no message. */
export function familyMessages(checks: readonly OpId[], ops: readonly CheckOp[]): Family[] {
  const left = [...ops].sort((a, b) => a.replica < b.replica ? -1 : a.replica > b.replica ? 1 : a.seq - b.seq);
  const messages: Family[] = [];
  while (left.length > 0) {
    const part = left.splice(0, withinOneDelta(left.slice(0, DELTA_OPS_MAX), CHARS_MAX).length);
    messages.push({ type: "family", checks: checks.slice(0, CHECKS_NAMED_MAX), ops: ops.length, runs: toRuns(part) });
  }
  return messages;
}
