/** The pair matrix: how each register reaches each other one, as the two of them report it. Pure. */
import { z } from "zod";
import type { RegisterFacts } from "../rules/facts.ts";
import { isCurrent } from "../rules/liveness.ts";
import { nameOf } from "../rules/words.ts";

export const Pair = z.object({
  a: z.string().describe("A register's name"),
  b: z.string(),
  path: z.enum(["direct", "relay"]).nullable().describe("null: neither reports it"),
  rttMs: z.number().nullable(),
  lossPercent: z.number().nullable(),
  why: z.string().nullable().describe("Why it took this path"),
});
export type Pair = z.infer<typeof Pair>;

/** Every pair once. A pair is direct only when no side says otherwise; of the numbers the worse one counts. */
export function makePairs(registers: readonly RegisterFacts[], now: number): Pair[] {
  return registers.flatMap((a, i) => registers.slice(i + 1).map((b) => pairOf(a, b, now)));
}

function pairOf(a: RegisterFacts, b: RegisterFacts, now: number): Pair {
  const reports = [[a, b], [b, a]].flatMap(([one, other]) =>
    one && isCurrent(one, now) ? one.links.filter(({ peer }) => peer === other?.id) : []
  );
  const relayed = reports.find(({ path }) => path === "relay");
  return {
    a: nameOf(a),
    b: nameOf(b),
    path: (relayed ?? reports[0])?.path ?? null,
    rttMs: worst(reports.map(({ rttMs }) => rttMs)),
    lossPercent: worst(reports.map(({ lossPercent }) => lossPercent)),
    why: (relayed ?? reports[0])?.why ?? null,
  };
}

function worst(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}
