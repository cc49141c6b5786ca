/** A few evenings of the month that `deno task month` goes through: the same venue, hub and judges, less time and more going wrong in it. */
import assert from "node:assert/strict";
import { openDatabase } from "../server/store/db.ts";
import { createSamples } from "../server/store/samples.ts";
import { DAY_MS, FEW_EVENINGS, FIRST_DAY } from "./month/calendar.ts";
import { runEvenings } from "./month/run.ts";
import { seedYear } from "./month/year.ts";

const SEED = 4;
const YEAR_BYTES_PER_REGISTER = 3_700_000; // 16 registers take under 60 MB, and router, internet and open checks six

Deno.test(`[INC33] [INC35] [INC36] evenings full of trouble leave nothing stuck, counted wrong or kept too long (seed ${SEED})`, async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { broken, figures } = await runEvenings(folder, { seed: SEED, season: FEW_EVENINGS });
    assert.deepEqual(broken, []);
    assert.ok(
      figures["incidents"]! > 20 && figures["restarts"]! > 0,
      `too little went wrong: ${JSON.stringify(figures)}`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("[INC36] a year of a register has a point for each day in its chart, and its share of what the file may take", () => {
  const db = openDatabase(":memory:");
  const now = FIRST_DAY + 400 * DAY_MS;
  seedYear(db, ["r0k2m9qd"], now);
  const { rttMs, rssiDbm } = createSamples(db).series("r0k2m9qd", "year", now);
  assert.equal(rttMs.length, 365);
  assert.ok(rttMs.every((each) => each !== null && each > 1) && rssiDbm.every((each) => each === -58));
  const { bytes } = db.prepare("SELECT sum(pgsize) AS bytes FROM dbstat WHERE name = 'sample'").get()!;
  assert.ok(Number(bytes) <= YEAR_BYTES_PER_REGISTER, `${bytes} bytes`);
  db.close();
});
