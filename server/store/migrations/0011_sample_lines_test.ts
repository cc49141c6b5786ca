import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeHistogram } from "../../../shared/histogram.ts";
import { type Database, openDatabase } from "../db.ts";
import { createSamples } from "../samples.ts";
import { MIGRATIONS } from "./all.ts";

const BEFORE = MIGRATIONS.filter(({ version }) => version < 11);
const REGISTERS = ["r0k2m9qd", "r1k2m9qd", "gone----"];
const NOON = Date.UTC(2026, 10, 23, 12);
const AS_PAIRS = Uint8Array.of(22, 3, 4, 9); // the two ways in which histograms were written before
const AS_ROW = Uint8Array.of(128 + 20, 2, 0, 1, 9);

/** A row as layout 10 has it. */
type OldRow = readonly [
  ...[tier: number, register: string, t: number, ok: number, late: number, silent: number, unknown: number],
  ...[rssiN: number, rssiSum: number, rssiMin: number | null, rtt: Uint8Array<ArrayBuffer>],
];

const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 17_280 }), fc.integer({ min: 0, max: 131_071 }));
const rtt = fc.oneof(fc.constantFrom(AS_PAIRS, AS_ROW), fc.constant(new Uint8Array()));
const oldRow: fc.Arbitrary<OldRow> = fc.tuple(
  ...[
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom(...REGISTERS),
    fc.integer({ min: 0, max: NOON / 1_000 }),
  ] as const,
  ...[count, count, count, count, count, fc.integer({ min: -(2 ** 40), max: 0 })] as const,
  ...[fc.option(fc.integer({ min: -95, max: -30 })), rtt] as const,
);

function carriedOver(path: string, rows: readonly OldRow[]): Database {
  const old = openDatabase(path, BEFORE);
  const insert = old.prepare("INSERT INTO samples VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const row of rows) insert.run(...row);
  old.close();
  return openDatabase(path);
}

/** Every row as layout 10 would have it, read by plain SQL. */
function rowsAsBefore(db: Database): OldRow[] {
  return db.prepare(
    `SELECT tier, register, t, ok, others & 131071 AS late, others >> 17 & 131071 AS silent, others >> 34 AS unknown,
       rssi_n, rssi_sum, rssi_min, rtt
     FROM sample JOIN sample_line ON line = id ORDER BY tier, register, t`,
  ).all().map((row) => Object.values(row) as unknown as OldRow);
}

function inFolder(test: (path: string) => void) {
  return async () => {
    const folder = await Deno.makeTempDir();
    try {
      test(`${folder}/counterpart.db`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
}

Deno.test("every row of an old database is carried over as it was, of registers that are gone too", async () => {
  const keyOf = ([tier, register, t]: OldRow) => `${tier} ${register} ${String(t).padStart(12, "0")}`;
  const rows = fc.uniqueArray(oldRow, { selector: keyOf, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(rows, (rows) =>
      inFolder((path) => {
        const db = carriedOver(path, rows);
        assert.deepEqual(rowsAsBefore(db), rows.toSorted((a, b) => keyOf(a) < keyOf(b) ? -1 : 1));
        assert.equal(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'samples'").get()!.n, 0);
        assert.deepEqual(db.prepare("PRAGMA foreign_key_check").all(), []);
        assert.equal(db.prepare("PRAGMA integrity_check").get()!.integrity_check, "ok");
        db.close();
        const again = openDatabase(path); // a second start changes nothing
        assert.equal(rowsAsBefore(again).length, rows.length);
        again.close();
      })()),
    { numRuns: 12 },
  );
});

Deno.test(
  "charts go on where an old database ended, and what comes then is added to its last periods",
  inFolder((path) => {
    const row = (tier: number, ok: number): OldRow => [
      ...[tier, "r0k2m9qd", (NOON - NOON % [5, 60, 900, 86_400].map((s) => s * 1_000)[tier]!) / 1_000] as const,
      ...[ok, 0, 1, 0, ok, -60 * ok, -64, AS_ROW] as const,
    ];
    const db = carriedOver(path, [row(0, 1), row(1, 11), row(2, 179), row(3, 9_000)]);
    const samples = createSamples(db);
    const seen = () => samples.series("r0k2m9qd", "day", NOON);
    const before = [seen().rttMs.at(-1), seen().missed.at(-1), seen().rssiDbm.at(-1)];
    assert.ok(before[0]! > 2 && before[0]! < 5, `${before[0]} ms`);
    assert.deepEqual(before.slice(1), [1, -60]);
    samples.add({ register: "r0k2m9qd", at: NOON + 5_000, state: "late", rttMs: 3 });
    samples.flush();
    assert.equal(seen().missed.at(-1), 2);
    const minute = rowsAsBefore(db).find(([tier]) => tier === 1)!;
    assert.deepEqual(minute.slice(3, 10), [11, 1, 1, 0, 11, -660, -64]);
    assert.equal(decodeHistogram(minute[10]).reduce((sum, count) => sum + count, 0), 13);
    db.close();
  }),
);
