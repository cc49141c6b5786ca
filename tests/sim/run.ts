/** One run of a seed: a shop, its steps, the healing, the verdict; and the fewest steps that still break the same promise. */
import type { Check } from "../../shared/check/check.ts";
import { foldCheck } from "../../shared/check/fold.ts";
import type { CheckOp } from "../../shared/check/op.ts";
import type { OpId } from "../../shared/ids.ts";
import type { Book } from "../../shared/check/book.ts";
import { judge, type Outcome } from "./judge.ts";
import type { Seen } from "./ledger.ts";
import { type Sabotage, SimShop } from "./shop.ts";
import { type Shop, shopOf, type Step, traceOf } from "./trace.ts";

const SHRINK_RUNS_MAX = 600; // a run is some milliseconds

/** What went wrong in a run of `seed`; empty when nothing did. */
export async function runSeed(seed: number, sabotage?: Sabotage): Promise<string[]> {
  return await runTrace(seed, shopOf(seed), traceOf(seed), sabotage);
}

export async function runTrace(
  seed: number,
  shop: Shop,
  steps: readonly Step[],
  sabotage?: Sabotage,
): Promise<string[]> {
  try {
    const sim = await SimShop.open(seed, shop, sabotage);
    for (const step of steps) await sim.act(step);
    await sim.heal();
    return [...new Set([...sim.broken, ...judge(outcomeOf(sim)), ...hubStories(sim)])];
  } catch (thrown) {
    return [`never-throws: ${thrown instanceof Error ? thrown.stack : thrown}`];
  }
}

/** What everybody shows now. */
export function outcomeOf(sim: SimShop): Outcome {
  const seen: Seen[] = sim.registers.filter(({ replica }) => replica).map(({ letter, replica }) => ({
    name: letter,
    ...shownBy(replica!.book),
    unsynced: replica!.unsynced(),
  }));
  seen.push({ name: "hub", ...shownBy(sim.hub.kept().book), unsynced: 0 });
  const whole: Seen = { name: "hub's history", ...shownBy(sim.hub.book()), unsynced: 0 };
  const lostStorage = new Set(sim.registers.filter((register) => register.lostStorage).map(({ id }) => id));
  return { seen, whole, acked: sim.acked, lostStorage };
}

function shownBy(book: Book): { ops: CheckOp[]; checks: Check[] } {
  const checks = book.all();
  const ops = new Map<OpId, CheckOp>();
  for (const { id, op } of [...checks.flatMap((check) => check.story), ...book.others]) ops.set(id, op);
  return { ops: [...ops.values()], checks };
}

/** The hub's database finds, for each check, all the ops that it takes to tell it. */
function hubStories(sim: SimShop): string[] {
  const broken: string[] = [];
  for (const check of sim.hub.book().all()) {
    const family = sim.hub.familyOf(check.id);
    if (!family) return [];
    const alone = JSON.stringify({ ...foldCheck(check.id, family), number: "" });
    if (alone !== JSON.stringify({ ...check, number: "" })) {
      broken.push(`hub-family: ${check.id} alone is told otherwise`);
    }
  }
  return broken;
}

/** Fewer steps that break the promise that `broken` names; tries to leave out ever smaller parts. */
export async function shrink(
  seed: number,
  steps: readonly Step[],
  broken: readonly string[],
  run = (kept: readonly Step[]) => runTrace(seed, shopOf(seed), kept),
): Promise<Step[]> {
  const name = nameOf(broken[0] ?? "");
  let kept = [...steps];
  let runs = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length && runs < SHRINK_RUNS_MAX;) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      runs++;
      if ((await run(fewer)).some((sentence) => nameOf(sentence) === name)) kept = fewer;
      else at += size;
    }
  }
  return kept;
}

export function nameOf(sentence: string): string {
  return sentence.slice(0, sentence.indexOf(":"));
}
