/**
 * The journal of `shared/replica.ts` in the browser's storage. `append` adds and never overwrites, in one transaction: an id that another
 * tab took makes the whole batch fail, and the engine takes another id.
 */
import { type CheckOp, parseBody } from "../../shared/check/op.ts";
import { type OpId, opId, placeOf, type RegisterId, registerOf, replicaOf } from "../../shared/ids.ts";
import {
  type Journal,
  type JournalContent,
  type JournalOutcome,
  type Kept,
  NOTHING_KEPT,
} from "../../shared/journal.ts";
import { sameOp } from "../../shared/sync/op.ts";
import { readRecord, sumOfOp } from "../../shared/sync/sound.ts";
import { seqOf, type Vector } from "../../shared/sync/vector.ts";
import type { Attempt, Connection, Database } from "./database.ts";
import { nameOf, storageTrouble } from "./trouble.ts";

const REPLICA = "replica";
const KEPT = "kept"; // what is known of ops that were let go
const HEARD = "heard/"; // followed by the peer
const ASIDE = "aside/"; // followed by the op's id: a damaged record, as it is

export interface JournalDeps {
  readonly database: Database;
  readonly register: RegisterId;
  readonly wrote: () => void; // tells other tabs
  readonly trouble: (message: string | null) => void; // storage does not take our writing; null: it does again
}

export function openJournal({ database, register, wrote, trouble }: JournalDeps): Journal {
  /** For what the engine can do without: what was heard is heard again. */
  const save = (key: string, value: unknown) => database.set(key, value).catch(() => {});
  const told = (outcome: JournalOutcome) => {
    if (outcome.ok) wrote();
    trouble(outcome.ok || outcome.reason === "taken" ? null : outcome.message);
    return outcome;
  };
  return {
    load: async () => {
      const content = await database.use(load);
      const own = content.replica !== undefined && registerOf(content.replica) === register;
      return own ? content : { ...content, replica: undefined }; // the hub would not believe another register's name
    },
    append: async (ops, kept) => told(await attempt(() => database.use((at, which) => addAll(at, ops, kept, which)))),
    retire: async (ids, kept) => told(await attempt(() => database.use((at) => retire(at, ids, kept)))),
    saveReplica: (replica) => database.set(REPLICA, replica),
    saveHeard: (peer, vector) => save(HEARD + peer, vector),
  };
}

/** A register that was enrolled anew writes under a new name, and has heard nothing from its hub yet. Its ops stay. */
export async function beginAnew(database: Database): Promise<void> {
  await database.use((connection) => connection.clear("meta"));
}

async function load(connection: Connection): Promise<JournalContent> {
  const transaction = connection.transaction(["ops", "meta"]);
  const meta = transaction.objectStore("meta");
  const range = within(HEARD);
  const [records, replica, kept, peers, vectors, aside] = await Promise.all([
    transaction.objectStore("ops").getAll(), // in the order of the key: per writer by seq
    meta.get(REPLICA),
    meta.get(KEPT),
    meta.getAllKeys(range),
    meta.getAll(range),
    meta.getAllKeys(within(ASIDE)),
  ]);
  const heard = Object.fromEntries(peers.map((peer, i) => [peer.slice(HEARD.length), vectors[i] as Vector]));
  const readings = records.map((record) => readRecord([record.replica, record.seq], record, parseBody));
  const ops = readings.flatMap((reading) => reading.ok ? [reading.op] : []);
  const bad = records.filter((_, i) => !readings[i]!.ok);
  if (bad.length > 0) await setAside(connection, bad);
  const damaged = [...aside.map((key) => key.slice(ASIDE.length)), ...bad.map(idOf)];
  return { ...NOTHING_KEPT, ...kept as Kept | undefined, replica: replica as string | undefined, ops, heard, damaged };
}

/** Puts damaged records where they harm nothing. Where storage takes no writing they stay, and are passed over each time. */
async function setAside(connection: Connection, records: readonly CheckOp[]): Promise<void> {
  try {
    const transaction = connection.transaction(["ops", "meta"], "readwrite", { durability: "strict" });
    const [ops, meta] = [transaction.objectStore("ops"), transaction.objectStore("meta")];
    for (const record of records) {
      void meta.put(record, ASIDE + idOf(record));
      void ops.delete([record.replica, record.seq]);
    }
    await transaction.done;
  } catch {
    return;
  }
}

/** What was damaged here and was not brought again: how much, and how much of it nobody else is known to hold. */
export interface Damaged {
  readonly missing: number;
  readonly alone: number;
}

export async function damagedIn(database: Database): Promise<Damaged> {
  return await database.use(async (connection) => {
    const transaction = connection.transaction(["ops", "meta"]);
    const [ops, meta] = [transaction.objectStore("ops"), transaction.objectStore("meta")];
    const [keys, vectors] = await Promise.all([meta.getAllKeys(within(ASIDE)), meta.getAll(within(HEARD))]);
    const places = keys.map((key) => placeOf(key.slice(ASIDE.length)));
    const held = await Promise.all(places.map(({ replica, seq }) => ops.count([replica, seq])));
    const missing = places.filter((_, i) => held[i] === 0);
    const alone = missing.filter(({ replica, seq }) => vectors.every((heard) => seqOf(heard as Vector, replica) < seq));
    return { missing: missing.length, alone: alone.length };
  });
}

function idOf({ replica, seq }: CheckOp): OpId {
  return opId(replica, seq);
}

function within(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}

async function attempt(task: () => Promise<JournalOutcome>): Promise<JournalOutcome> {
  try {
    return await task();
  } catch (cause) {
    return { ok: false, reason: "failed", message: storageTrouble(nameOf(cause)) };
  }
}

async function retire(connection: Connection, ids: readonly OpId[], kept: Kept): Promise<JournalOutcome> {
  const transaction = connection.transaction(["ops", "meta"], "readwrite", { durability: "strict" });
  const ops = transaction.objectStore("ops");
  const deleted = ids.map((id) => ops.delete([replicaOf(id), Number(id.slice(id.indexOf("/") + 1))]));
  await Promise.all([...deleted, transaction.objectStore("meta").put(kept, KEPT), transaction.done]);
  return { ok: true };
}

/** When the connection broke halfway nobody knows whether the batch was written: ops of ours that are there already are fine. */
async function addAll(
  connection: Connection,
  ops: readonly CheckOp[],
  kept: Kept | undefined,
  attempt: Attempt,
): Promise<JournalOutcome> {
  const transaction = connection.transaction(["ops", "meta"], "readwrite", { durability: "strict" });
  const store = transaction.objectStore("ops");
  const done = transaction.done.then(() => null, (cause) => cause ?? new Error("aborted"));
  const held = attempt === "again" ? await Promise.all(ops.map((op) => store.get([op.replica, op.seq]))) : [];
  const missing = ops.filter((op, i) => !(held[i] && sameOp(held[i], op)));
  const added = await Promise.allSettled(missing.map((op) => store.add({ ...op, sum: sumOfOp(op) })));
  if (kept && added.every(({ status }) => status === "fulfilled")) {
    await transaction.objectStore("meta").put(kept, KEPT);
  }
  const ended: unknown = await done;
  const causes = [ended, ...added.map((each) => each.status === "rejected" ? each.reason : null)].filter(Boolean);
  if (causes.length === 0) return { ok: true };
  if (causes.some((cause) => nameOf(cause) === "ConstraintError")) return { ok: false, reason: "taken" };
  throw causes[0];
}
