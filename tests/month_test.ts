/** A few evenings of the month that `deno task month` goes through: the same venue, hub and judges, less time and more going wrong in it. */
import assert from "node:assert/strict";
import { FEW_EVENINGS } from "./month/calendar.ts";
import { runEvenings } from "./month/run.ts";

const SEED = 4;

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
