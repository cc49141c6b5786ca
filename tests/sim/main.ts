/**
 * `deno task sim --seeds N --seed S`: runs N seeds from S on. The first that breaks a promise ends it: the seed, what was broken, the fewest
 * steps that break it, and the command that repeats it; exit code 1.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { runSeed, shrink } from "./run.ts";
import { shopOf, traceOf } from "./trace.ts";

const SEEDS = 1_000; // when none are asked for
const SAY_EVERY = 1_000; // seeds

async function main(first: number, count: number, goOn: boolean): Promise<number> {
  const began = Date.now();
  const failed: number[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const broken = await runSeed(seed);
    if (broken.length > 0) {
      failed.push(seed);
      await report(seed, broken, !goOn);
      if (!goOn) return 1;
    }
    const done = seed - first + 1;
    if (done % SAY_EVERY === 0) console.log(`${done} seeds, ${Math.round((Date.now() - began) / 1_000)} s`);
  }
  const seconds = ((Date.now() - began) / 1_000).toFixed(1);
  if (failed.length === 0) console.log(`${count} seeds from ${first}: every promise kept, ${seconds} s`);
  else console.log(`${failed.length} of ${count} seeds from ${first} failed, ${seconds} s: ${failed.join(" ")}`);
  return failed.length === 0 ? 0 : 1;
}

async function report(seed: number, broken: readonly string[], whole: boolean): Promise<void> {
  console.log(`Seed ${seed} broke:`);
  for (const sentence of broken.slice(0, 8)) console.log(`  ${sentence.slice(0, 600)}`);
  if (!whole) return;
  console.log(`The shop: ${JSON.stringify(shopOf(seed))}\nThe fewest steps that break it:`);
  for (const step of await shrink(seed, traceOf(seed), broken)) console.log(`  ${JSON.stringify(step)}`);
  console.log(`Again: deno task sim --seeds 1 --seed ${seed}`);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: String(SEEDS) },
      seed: { type: "string", default: "1" },
      "go-on": { type: "boolean", default: false }, // past a seed that failed, without its steps
    },
  });
  process.exitCode = await main(Number(values.seed), Number(values.seeds), values["go-on"]);
}
