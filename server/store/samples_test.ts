import assert from "node:assert/strict";
import fc from "fast-check";
import { DAY_BARS, type Liveness } from "../../shared/api.ts";
import { decodeHistogram, HISTOGRAM_ERROR_FACTOR, histogramCount } from "../../shared/histogram.ts";
import { type Database, openDatabase } from "./db.ts";
import { createSamples, type Sample } from "./samples.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const NOON = Date.UTC(2026, 10, 23, 12);
const TIER_STEPS_MS = [5 * SECOND, MINUTE, QUARTER, DAY];

function started(db = openDatabase(":memory:")) {
  return { db, samples: createSamples(db) };
}

function store(db: Database, samples: readonly Sample[]): void {
  const store = createSamples(db);
  for (const sample of samples) store.add(sample);
  store.flush();
}

const ok = (at: number, rttMs?: number, register = "bar"): Sample => ({ register, at, state: "ok", rttMs });
const seen = (at: number, state: Liveness, register = "bar"): Sample => ({ register, at, state });

const anySample: fc.Arbitrary<Sample> = fc.record({
  register: fc.constantFrom("bar", "patio"),
  at: fc.integer({ min: NOON - 2 * DAY, max: NOON }),
  state: fc.constantFrom<Liveness>("ok", "late", "silent", "unknown"),
  rttMs: fc.option(fc.double({ min: 0.1, max: 5_000, noNaN: true }), { nil: undefined }),
  rssiDbm: fc.option(fc.integer({ min: -95, max: -30 }), { nil: undefined }),
});

/** What a tier must hold: counted from the samples themselves, without the code under test. */
function expectedRows(samples: readonly Sample[], tier: number): Record<string, unknown>[] {
  const stepMs = TIER_STEPS_MS[tier]!;
  const groups = Map.groupBy(samples, ({ register, at }) => `${register} ${Math.floor(at / stepMs) * stepMs / 1000}`);
  return [...groups].map(([key, group]) => {
    const rssi = group.flatMap(({ rssiDbm }) => rssiDbm ?? []);
    return {
      key,
      ...Object.fromEntries(
        ["ok", "late", "silent", "unknown"].map((s) => [s, group.filter((g) => g.state === s).length]),
      ),
      rtts: group.filter(({ rttMs }) => rttMs !== undefined).length,
      rssi_n: rssi.length,
      rssi_sum: rssi.reduce((sum, dbm) => sum + dbm, 0),
      rssi_min: rssi.length === 0 ? null : Math.min(...rssi),
    };
  }).sort((a, b) => a.key < b.key ? -1 : 1);
}

function storedRows(db: Database, tier: number): Record<string, unknown>[] {
  return db.prepare(
    `SELECT register || ' ' || t AS key, ok, others & 131071 AS late, others >> 17 & 131071 AS silent,
       others >> 34 AS unknown, rssi_n, rssi_sum, rssi_min, rtt
     FROM sample JOIN sample_line ON line = id WHERE tier = ? ORDER BY key`,
  ).all(tier).map(({ rtt, ...row }) => ({ ...row, rtts: histogramCount(decodeHistogram(rtt as Uint8Array)) }));
}

Deno.test("every tier adds up to the samples exactly, however they were batched and wherever the hub restarted", () => {
  fc.assert(
    fc.property(fc.array(fc.array(anySample, { maxLength: 40 }), { maxLength: 5 }), (batches) => {
      const db = openDatabase(":memory:");
      for (const batch of batches) store(db, batch); // a new store for each batch: a restart between them
      for (const tier of [0, 1, 2, 3]) assert.deepEqual(storedRows(db, tier), expectedRows(batches.flat(), tier));
      db.close();
    }),
    { numRuns: 30 },
  );
});

Deno.test("a restart in the middle of a minute loses and doubles nothing that was flushed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const before = started(openDatabase(`${folder}/counterpart.db`));
    for (let s = 0; s < 30; s += 5) before.samples.add(ok(NOON + s * SECOND, 2));
    before.samples.flush();
    before.samples.add(ok(NOON + 30 * SECOND, 2)); // in memory only when the power goes
    before.db.close();
    const after = started(openDatabase(`${folder}/counterpart.db`));
    for (let s = 35; s < 60; s += 5) after.samples.add(ok(NOON + s * SECOND, 2));
    after.samples.flush();
    for (const row of [1, 2, 3].map((tier) => storedRows(after.db, tier)[0])) assert.equal(row?.ok, 11);
    after.db.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a flush that fails stores nothing and keeps the samples for the next one", () => {
  const { db, samples } = started();
  db.exec(
    "CREATE TRIGGER full BEFORE INSERT ON sample_line WHEN NEW.tier = 2 BEGIN SELECT RAISE(ABORT, 'disk full'); END",
  );
  samples.add(ok(NOON, 3));
  assert.throws(() => samples.flush(), /disk full/);
  assert.deepEqual(storedRows(db, 0), []);
  db.exec("DROP TRIGGER full");
  assert.equal(samples.flush(), 1);
  assert.equal(storedRows(db, 0)[0]?.ok, 1);
  assert.equal(samples.flush(), 0);
});

Deno.test("a queue that is full drops what comes and counts it", () => {
  const { samples } = started();
  for (let i = 0; i < 10_003; i++) samples.add(ok(NOON, 3));
  assert.equal(samples.dropped(), 3);
  assert.equal(samples.flush(), 10_000);
});

Deno.test("a chart has at most 1500 even steps, ends with now, and is null where nothing was heard", () => {
  const { db, samples } = started();
  store(db, [ok(NOON - 10 * MINUTE, 4), { ...seen(NOON - 9 * MINUTE, "silent") }, seen(NOON - 8 * MINUTE, "late")]);
  for (const [range, points] of [["hour", 720], ["day", 1_440], ["month", 1_440], ["year", 365]] as const) {
    const series = samples.series("bar", range, NOON + 1);
    assert.equal(series.range, range);
    for (const column of [series.t, series.rttMs, series.rttP95Ms, series.rssiDbm, series.missed]) {
      assert.equal(column.length, points);
    }
    assert.ok(points <= 1_500);
    assert.equal(series.t.at(-1), Math.floor(NOON / series.stepMs) * series.stepMs);
    assert.ok(series.t.every((t, i) => i === 0 || t - series.t[i - 1]! === series.stepMs));
    assert.equal(series.rttMs.filter((ms) => ms !== null).length, 1);
    assert.equal(series.missed.reduce((sum, n) => sum + n, 0), 2);
    assert.ok(series.rssiDbm.every((dbm) => dbm === null));
  }
});

Deno.test("a chart of another register, or of another hour, does not show this one", () => {
  const { db, samples } = started();
  store(db, [ok(NOON, 4)]);
  assert.ok(samples.series("patio", "hour", NOON).rttMs.every((ms) => ms === null));
  assert.ok(samples.series("bar", "hour", NOON + 2 * 60 * MINUTE).rttMs.every((ms) => ms === null));
});

Deno.test("median and p95 of a long period are those of its samples, within a bucket", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1, max: 2_000, noNaN: true }), { minLength: 1, maxLength: 300 }), (times) => {
      const { db, samples } = started();
      store(db, times.map((ms, i) => ok(NOON + i * 5 * SECOND, ms))); // 25 minutes: two quarters in one step
      const { t, rttMs, rttP95Ms } = samples.series("bar", "month", NOON + 25 * MINUTE);
      const at = t.indexOf(NOON);
      const sorted = times.toSorted((a, b) => a - b);
      for (const [q, shown] of [[0.5, rttMs[at]], [0.95, rttP95Ms[at]]] as const) {
        const exact = sorted[Math.ceil(q * sorted.length) - 1]!;
        const factor = Math.max(shown! / exact, exact / shown!);
        assert.ok(factor <= HISTOGRAM_ERROR_FACTOR + 0.01, `${shown} shown for ${exact}`); // 0.01: shown to the hundredth
      }
      db.close();
    }),
    { numRuns: 20 },
  );
});

Deno.test("signal is the mean of what was reported", () => {
  const { db, samples } = started();
  store(db, [{ ...ok(NOON), rssiDbm: -60 }, { ...ok(NOON + 5 * SECOND), rssiDbm: -65.4 }, ok(NOON + 10 * SECOND)]);
  assert.equal(samples.series("bar", "day", NOON).rssiDbm.at(-1), -62.5);
});

Deno.test("bars show the worst of each quarter of an hour, oldest first, unknown where nobody looked", () => {
  const { db, samples } = started();
  store(db, [
    ok(NOON - 95 * QUARTER),
    ok(NOON - 96 * QUARTER, 1), // a day and more ago: not shown
    ok(NOON - 2 * QUARTER),
    seen(NOON - 2 * QUARTER + MINUTE, "late"),
    ok(NOON - QUARTER),
    seen(NOON - QUARTER + MINUTE, "silent"),
    seen(NOON - QUARTER + 2 * MINUTE, "late"),
    seen(NOON, "unknown"),
    ok(NOON + MINUTE),
    seen(NOON, "silent", "patio"),
  ]);
  const bars = samples.bars(["bar", "patio", "new"], NOON + 2 * MINUTE);
  const bar = bars.get("bar")!;
  assert.equal(bar.length, DAY_BARS);
  assert.equal(bar[0], "ok");
  assert.ok(bar.slice(1, 93).every((state) => state === "unknown"));
  assert.deepEqual(bar.slice(93), ["late", "silent", "ok"]);
  assert.equal(bars.get("patio")!.at(-1), "silent");
  assert.ok(bars.get("new")!.every((state) => state === "unknown"));
});

Deno.test("pruning keeps each tier for its time and no longer", () => {
  const kept = [DAY, 30 * DAY, 400 * DAY, 3_650 * DAY];
  for (const [tier, keepMs] of kept.entries()) {
    const { db, samples } = started();
    const now = NOON;
    const step = TIER_STEPS_MS[tier]!;
    store(db, [
      ok(now - keepMs),
      ok(now - keepMs, 1, "patio"),
      ok(now - keepMs - 2 * step),
      ok(now - 3 * keepMs, 1, "patio"),
    ]);
    samples.prune(now);
    const left = storedRows(db, tier);
    assert.deepEqual(left.map(({ key }) => String(key).split(" ")[0]).sort(), ["bar", "patio"], `tier ${tier}`);
    db.close();
  }
});

Deno.test("a register of which a tier has nothing left takes no number in it, and gets one when it is back", () => {
  const { db, samples } = started();
  const numbered = () =>
    db.prepare("SELECT tier, register FROM sample_line ORDER BY tier, register").all()
      .map(({ tier, register }) => `${tier} ${register}`);
  store(db, [ok(NOON), ok(NOON - 2 * DAY, 1, "patio")]);
  samples.prune(NOON);
  assert.deepEqual(numbered(), ["0 bar", "1 bar", "1 patio", "2 bar", "2 patio", "3 bar", "3 patio"]);
  samples.add(ok(NOON, 7, "patio"));
  samples.add(ok(NOON, 2));
  samples.flush();
  assert.equal(numbered().length, 8);
  assert.deepEqual(storedRows(db, 0).map(({ key, ok }) => [key, ok]), [
    [`bar ${NOON / SECOND}`, 2],
    [`patio ${NOON / SECOND}`, 1],
  ]);
});

Deno.test("the rare states of a day that was all of one kind are told apart, and a count without end stays in its place", () => {
  const { db } = started();
  const many = Array.from(
    { length: 9_000 },
    (_, i) => seen(NOON, i % 3 === 0 ? "unknown" : i % 3 === 1 ? "silent" : "late"),
  );
  for (let i = 0; i < 50; i++) store(db, many); // 150,000 of each in one day
  const [{ late, silent, unknown }] = storedRows(db, 3) as [Record<string, unknown>];
  assert.deepEqual([late, silent, unknown], [131_071, 131_071, 131_071]);
});

Deno.test("[INC25] a track has the worst state, the median round trip and the mean signal of each step", () => {
  const { db, samples } = started();
  store(db, [
    { register: "bar", at: NOON, state: "ok", rttMs: 4, rssiDbm: -60 },
    { register: "bar", at: NOON + 5 * SECOND, state: "ok", rssiDbm: -62 },
    seen(NOON + 2 * MINUTE, "late"),
    seen(NOON + 2 * MINUTE + 30 * SECOND, "silent"),
    ok(NOON, 9, "patio"),
  ]);
  const track = samples.track(["bar"], NOON, 4, "minute").get("bar")!;
  assert.deepEqual(track.state, ["ok", "unknown", "silent", "unknown"]);
  assert.ok(Math.abs(track.rttMs[0]! - 4) < 1);
  assert.deepEqual([track.rttMs[2], ...track.rssiDbm], [null, -61, null, null, null]);
  assert.deepEqual(samples.track(["bar"], NOON, 1, "quarter").get("bar")!.state, ["silent"]);
});
