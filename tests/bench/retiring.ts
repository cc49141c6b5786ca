/** What a register holds before and after a day is let go, and how long its vector is after a month. */
import { Holding } from "../../shared/holding.ts";
import type { OpId } from "../../shared/ids.ts";
import { NOTHING_KEPT } from "../../shared/journal.ts";
import { opId } from "../../shared/ids.ts";
import { headsOf } from "../../shared/sync/vector.ts";
import { HubAndRegisters } from "../support/hub_and_registers.ts";
import { eveningOps } from "./evening_ops.ts";
import type { Figure } from "./measure.ts";

const CHECKS = 500; // 10,000 ops
const DAYS = 30;
const REGISTERS = ["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"];
const LATE = 5; // checks of the day that go on: they are kept

export async function retiring(): Promise<Figure[]> {
  return [...aDay(), ...await aMonth()];
}

function aDay(): Figure[] {
  const ops = eveningOps(CHECKS);
  const openings = ops.filter(({ body }) => body.kind === "check.open").map(({ replica, seq }) => opId(replica, seq));
  const holding = new Holding({ ops: [], heard: {}, ...NOTHING_KEPT });
  const empty = heap();
  holding.take(structuredClone(ops));
  holding.book.all();
  const full = heap() - empty;
  const held = holding.log.countBeyond({});
  const from = performance.now();
  holding.retire(word(openings.slice(LATE), headsOf(ops)), "zzzzzzzz");
  const took = performance.now() - from;
  const kept = heap() - empty;
  return [
    { name: "ops held before a day is let go", value: held, unit: "ops" },
    {
      name: "ops held after it",
      value: holding.log.countBeyond({}),
      unit: "ops",
      against: "ops held before a day is let go",
    },
    { name: "memory of 10,000 ops of 500 checks", value: full, unit: "MB" },
    { name: "memory once they are let go", value: kept, unit: "MB", against: "memory of 10,000 ops of 500 checks" },
    { name: "let go of 495 checks", value: took, unit: "ms" },
  ];
}

function word(checks: readonly OpId[], covers: ReturnType<typeof headsOf>) {
  return { type: "retire" as const, upTo: 1, checks: [...checks], others: [], covers, numbers: {} };
}

/** Four registers that are opened twice a day, each time under a new name. */
async function aMonth(): Promise<Figure[]> {
  const hub = new HubAndRegisters();
  const tills = await Promise.all(REGISTERS.map((name) => hub.open(name)));
  let largest = 0;
  for (let day = 0; day < DAYS; day++) {
    for (const till of [...tills, ...tills]) {
      await hub.reopen(till);
      await hub.sell(till);
      await hub.settle();
    }
    largest = Math.max(largest, ...tills.map(({ replica }) => Object.keys(replica.vector()).length));
    await hub.nextDay();
    await hub.compare();
  }
  const text = JSON.stringify(tills[0]!.replica.vector());
  return [
    { name: "names written under in 30 days", value: Object.keys(hub.log.heads()).length, unit: "names" },
    {
      name: "names in a vector, at most",
      value: largest,
      unit: "names",
      against: "names written under in 30 days",
      bound: 2 * REGISTERS.length,
    },
    { name: "vector in the morning after", value: text.length, unit: "bytes" },
  ];
}

/** In use, in megabytes, after what can be let go was collected where the process may ask for that. */
function heap(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return Deno.memoryUsage().heapUsed / 1_000_000;
}
