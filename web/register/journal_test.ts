/// <reference lib="deno.ns" />
/** What the journal makes of a storage that misbehaves. The real one is proved in tests/register_test.ts. */
import assert from "node:assert/strict";
import type { CheckOp } from "../../shared/check/op.ts";
import type { Attempt, Connection, Database } from "./database.ts";
import { openJournal } from "./journal.ts";
import { isConnectionLost, nameOf, openingTrouble, storageTrouble } from "./trouble.ts";

const op = (seq: number, ms = 1): CheckOp => ({
  replica: "aaaaaaaa-aaaa",
  seq,
  stamp: { ms, count: 0 },
  body: { kind: "check.open", number: `A${seq}` },
});

/** A store of ops whose transactions end as told: `lost` after it has written all the same, `gone` before. */
class FakeStorage {
  readonly ops = new Map<number, CheckOp>();
  ends: ("well" | "lost" | "gone" | "full")[] = [];

  database(): Database {
    const use = async <T>(task: (connection: Connection, attempt: Attempt) => Promise<T>): Promise<T> => {
      try {
        return await task(this.#connection(), "first");
      } catch (cause) {
        if (!isConnectionLost(nameOf(cause))) throw cause;
        return await task(this.#connection(), "again");
      }
    };
    return { use } as Database;
  }

  #connection(): Connection {
    const end = this.ends.shift() ?? "well";
    const staged: CheckOp[] = [];
    const add = (op: CheckOp) => {
      if (this.ops.has(op.seq)) return Promise.reject(new DOMException("exists", "ConstraintError"));
      staged.push(op);
      return Promise.resolve();
    };
    const get = ([, seq]: [string, number]) => Promise.resolve(this.ops.get(seq));
    const finish = async () => {
      await Promise.resolve();
      if (end === "full") throw new DOMException("full", "QuotaExceededError");
      if (end === "gone") throw new DOMException("gone", "UnknownError");
      for (const op of staged) this.ops.set(op.seq, op);
      if (end === "lost") throw new DOMException("gone", "UnknownError");
    };
    const put = () => Promise.resolve();
    return {
      transaction: () => ({ objectStore: () => ({ add, get, put }), done: finish() }),
    } as unknown as Connection;
  }
}

function setUp(...ends: FakeStorage["ends"]) {
  const storage = new FakeStorage();
  storage.ends = ends;
  const told: (string | null)[] = [];
  let wrote = 0;
  const journal = openJournal({
    database: storage.database(),
    register: "aaaaaaaa",
    wrote: () => wrote++,
    trouble: (message) => told.push(message),
  });
  return { storage, journal, told, wrote: () => wrote };
}

Deno.test("[SYN9] what is written is told to other tabs; what is not is told to staff", async () => {
  const { journal, told, wrote } = setUp("well", "full");
  assert.deepEqual(await journal.append([op(1)]), { ok: true });
  const outcome = await journal.append([op(2)]);
  assert.ok(!outcome.ok && outcome.reason === "failed" && /storage is full/.test(outcome.message));
  assert.equal(wrote(), 1);
  assert.deepEqual(told, [null, storageTrouble("QuotaExceededError")]);
});

Deno.test("[SYN11] an id that another tab took is taken, not written over", async () => {
  const { journal, storage } = setUp();
  storage.ops.set(1, op(1, 99));
  assert.deepEqual(await journal.append([op(1)]), { ok: false, reason: "taken" });
  assert.equal(storage.ops.get(1)?.stamp.ms, 99);
});

Deno.test("[SYN1] a write whose end was not heard is not done twice", async () => {
  const { journal, storage } = setUp("lost");
  assert.deepEqual(await journal.append([op(1), op(2)]), { ok: true });
  assert.deepEqual([...storage.ops.keys()], [1, 2]);
});

Deno.test("[SYN11] after a lost connection another tab's op under that id is still taken", async () => {
  const { journal, storage } = setUp("gone");
  const append = journal.append([op(2)]);
  storage.ops.set(2, op(2, 99));
  assert.deepEqual(await append, { ok: false, reason: "taken" });
});

Deno.test("every trouble says whether something changed or what to do", () => {
  for (const name of ["QuotaExceededError", "SecurityError", "VersionError", "SomethingElse"]) {
    assert.match(storageTrouble(name), /^Nothing was changed\. .*then do it again\.|^Nothing was changed\. .*again\.$/);
    assert.match(openingTrouble(name), /load the page again\.|Load the page again\./);
  }
});
