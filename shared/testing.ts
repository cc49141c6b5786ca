/** Stand-ins for tests: a journal that can fail, and a seeded source of random bytes. */
import type { CheckOp } from "./check/op.ts";
import { seeded } from "./check/testing.ts";
import type { Random } from "./ids.ts";
import { MemoryJournal } from "./memory_journal.ts";
import type { JournalOutcome } from "./journal.ts";

export function seededBytes(seed: number): Random {
  const next = seeded(seed);
  return (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256));
}

/** A journal that takes nothing while `failing` says why. */
export class FailingJournal extends MemoryJournal {
  failing: string | undefined;

  override append(ops: readonly CheckOp[]): Promise<JournalOutcome> {
    if (this.failing) return Promise.resolve({ ok: false, reason: "failed", message: this.failing });
    return super.append(ops);
  }
}
