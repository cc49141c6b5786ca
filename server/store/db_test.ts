import assert from "node:assert/strict";
import { openDatabase, transaction } from "./db.ts";
import { MIGRATIONS } from "./migrations/all.ts";

const FIRST = { version: 1, sql: "CREATE TABLE a (x INTEGER)" };
const SECOND = { version: 4, sql: "CREATE TABLE b (x INTEGER); INSERT INTO b SELECT x FROM a" };

function inFolder(test: (path: string, folder: string) => void | Promise<void>) {
  return async () => {
    const folder = await Deno.makeTempDir();
    try {
      await test(`${folder}/counterpart.db`, folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
}

function pragma(db: ReturnType<typeof openDatabase>, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function values(db: ReturnType<typeof openDatabase>, table: string): unknown[] {
  return db.prepare(`SELECT x FROM ${table} ORDER BY x`).all().map((row) => row.x);
}

Deno.test(
  "a new database is durable, gives space back and enforces references",
  inFolder((path) => {
    const db = openDatabase(path);
    assert.equal(pragma(db, "journal_mode"), "wal");
    assert.equal(pragma(db, "synchronous"), 2); // FULL
    assert.equal(pragma(db, "auto_vacuum"), 2); // INCREMENTAL
    assert.equal(pragma(db, "foreign_keys"), 1);
    assert.ok(Number(pragma(db, "busy_timeout")) > 0);
    assert.ok(Number(pragma(db, "journal_size_limit")) > 0);
    db.close();
  }),
);

Deno.test("migrations go upwards and each number is used once", () => {
  const versions = MIGRATIONS.map(({ version }) => version);
  assert.deepEqual(versions, [...new Set(versions)].sort((a, b) => a - b));
});

Deno.test(
  "a database is brought up to date once, over a hole in the numbers",
  inFolder((path) => {
    const old = openDatabase(path, [FIRST]);
    old.exec("INSERT INTO a VALUES (7)");
    old.close();
    openDatabase(path, [FIRST, SECOND]).close();
    const db = openDatabase(path, [FIRST, SECOND]);
    assert.deepEqual(values(db, "b"), [7]);
    assert.equal(pragma(db, "user_version"), 4);
    db.close();
  }),
);

Deno.test(
  "a migration that breaks leaves the database as it was",
  inFolder((path) => {
    openDatabase(path, [FIRST]).close();
    assert.throws(
      () => openDatabase(path, [FIRST, { version: 2, sql: "CREATE TABLE b (x INTEGER); nonsense" }]),
      /syntax/,
    );
    const db = openDatabase(path, [FIRST, SECOND]); // would refuse to make b twice
    assert.equal(pragma(db, "user_version"), 4);
    db.close();
  }),
);

Deno.test(
  "a database of a newer version is refused with the next step",
  inFolder((path) => {
    openDatabase(path, [FIRST, SECOND]).close();
    assert.throws(() => openDatabase(path, [FIRST]), /layout is number 4.*knows up to 1.*Update this hub/);
  }),
);

Deno.test("a transaction that throws stores nothing", () => {
  const db = openDatabase(":memory:", [FIRST]);
  assert.throws(() =>
    transaction(db, () => {
      db.exec("INSERT INTO a VALUES (1)");
      throw new Error("halfway");
    }), /halfway/);
  assert.equal(transaction(db, () => values(db, "a").length), 0);
  db.close();
});

Deno.test("a transaction inside another fails alone", () => {
  const db = openDatabase(":memory:", [FIRST]);
  transaction(db, () => {
    db.exec("INSERT INTO a VALUES (1)");
    assert.throws(() =>
      transaction(db, () => {
        db.exec("INSERT INTO a VALUES (2)");
        throw new Error("inner");
      }), /inner/);
    transaction(db, () => db.exec("INSERT INTO a VALUES (3)"));
  });
  assert.deepEqual(values(db, "a"), [1, 3]);
  db.close();
});

Deno.test("a transaction refuses a callback that has to be awaited", () => {
  const db = openDatabase(":memory:", [FIRST]);
  const later = (() => Promise.resolve(db.exec("INSERT INTO a VALUES (1)"))) as unknown as () => number;
  assert.throws(() => transaction(db, later), /synchronous/);
  assert.deepEqual(values(db, "a"), []);
  db.close();
});

Deno.test(
  "the database needs leave for its own folder only",
  inFolder(async (path, folder) => {
    const script = `${folder}/open.ts`;
    const source = import.meta.resolve("./db.ts");
    await Deno.writeTextFile(
      script,
      `import { openDatabase, transaction } from "${source}";
       const db = openDatabase("${path}");
       transaction(db, () => db.exec("CREATE TABLE proof (x INTEGER)"));
       db.close();
       openDatabase("${path}").close();`,
    );
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-lock", `--allow-read=${folder}`, `--allow-write=${folder}`, script],
      env: { NO_COLOR: "1" },
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
  }),
);
