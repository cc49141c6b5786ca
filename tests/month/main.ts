/**
 * `deno task month --seed S --days N`: a month of evenings at a venue in about half an hour, on a real hub with its clock turned by hand.
 * Says each evening that is over, then the figures; what did not hold comes last, and makes the exit code 1.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { MONTH } from "./calendar.ts";
import { runEvenings } from "./run.ts";

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, days: { type: "string", default: "31" } },
});
const [seed, days] = [Number(values.seed), Number(values.days)];
const folder = await Deno.makeTempDir();
const began = performance.now();
try {
  console.log(`Seed ${seed}, ${days} days of ${MONTH.openMinutes / 60} hours`);
  const { broken, figures } = await runEvenings(folder, { seed, season: { ...MONTH, days }, said: console.log });
  for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(26)} ${value}`);
  console.log(`${"seconds".padEnd(26)} ${Math.round((performance.now() - began) / 1_000)}`);
  for (const sentence of broken) console.log(sentence);
  console.log(broken.length === 0 ? "Everything held." : `${broken.length} things did not hold.`);
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}
