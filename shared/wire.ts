/**
 * Every message of a register's WebSocket session with the hub (`/api/link`), and how ops travel in them.
 *
 *   register → hub   hello, then have · delta · heartbeat · pong · negotiate · claim
 *   hub → register   welcome, then have · delta · answer · ping · settings · present · negotiate · undelivered · claims
 *
 * A register sends `negotiate` only to a hub that has sent `present`, and `claim` only to one that has sent `claims`, so none of them
 * needs a new version.
 *
 * Version history:
 *   1  first
 */
import { z } from "zod";
import { Finding, Liveness } from "./api.ts";
import { CheckBody, type CheckOp } from "./check/op.ts";
import { ClaimList, ClaimTo } from "./claim.ts";
import { AppInfo, Heartbeat } from "./heartbeat.ts";
import { ReplicaId } from "./ids.ts";
import { NegotiateFrom, NegotiateTo, Present, Undelivered } from "./negotiate.ts";
import { unpackMessage } from "./packing.ts";
import { Stamp } from "./sync/hlc.ts";
import { DELTA_OPS_MAX } from "./sync/exchange.ts";
import { SEQ_MAX, Vector } from "./sync/vector.ts";

export const WIRE_VERSION = 1;
export const MESSAGE_MAX_BYTES = 256 * 1024; // what a data channel carries at most; a full delta is about 30 kB
const RUNS_MAX = DELTA_OPS_MAX; // writers in one delta

/** Consecutive ops of one writer: `ops[i]` has seq `from + i`. */
export const Run = z.strictObject({
  replica: ReplicaId,
  from: z.number().int().min(1).max(SEQ_MAX),
  ops: z.array(z.strictObject({ at: z.tuple([Stamp.shape.ms, Stamp.shape.count]), body: CheckBody }))
    .min(1).max(DELTA_OPS_MAX),
});
export type Run = z.infer<typeof Run>;

export const Have = z.strictObject({ type: z.literal("have"), vector: Vector });
export const Delta = z.strictObject({ type: z.literal("delta"), runs: z.array(Run).min(1).max(RUNS_MAX) });

/** The two messages of sync; the same between any two peers, over any link. */
export const SyncMessage = z.discriminatedUnion("type", [Have, Delta]);
export type SyncMessage = z.infer<typeof SyncMessage>;

export const Hello = z.object({
  type: z.literal("hello"),
  version: z.number().int().min(1),
  token: z.string().min(1).max(200),
  replica: ReplicaId,
  app: AppInfo,
  packed: z.boolean().optional(), // whether deltas may come packed, as packing.ts tells
  claims: z.boolean().optional(), // whether `claims` may come, as claim.ts tells
});
export type Hello = z.infer<typeof Hello>;

export const RegisterMessage = z.discriminatedUnion("type", [
  Have,
  Delta,
  z.object({ type: z.literal("heartbeat"), heartbeat: Heartbeat }),
  z.strictObject({ type: z.literal("pong"), n: z.number().int().min(0) }),
  NegotiateTo,
  ClaimTo,
]);
export type RegisterMessage = z.infer<typeof RegisterMessage>;

/** One row of the Register List on a register's Diagnostics. */
export const Peer = z.object({
  id: z.string(),
  name: z.string(),
  letter: z.string(),
  version: z.string().nullable(),
  state: Liveness,
  foreground: z.boolean().nullable(),
  path: z.enum(["direct", "relay", "none"]), // how its changes reach this register
  behind: z.number().nullable(), // ops that the hub holds and it lacks
  unsynced: z.number().nullable(), // its ops that nobody else holds
  heardAt: z.number().nullish(), // when the hub last heard it
  cause: z.string().nullish(), // why it went quiet, as far as is known
});
export type Peer = z.infer<typeof Peer>;

/** What a register needs to know about itself and the venue when a session begins, or when that changes. */
const standing = {
  name: z.string(),
  letter: z.string(),
  venue: z.string(),
  configVersion: z.number().int(),
  sync: z.boolean(),
};
export const Welcome = z.object({
  type: z.literal("welcome"),
  version: z.number().int(),
  now: z.number(),
  ...standing,
});
export const HubMessage = z.discriminatedUnion("type", [
  Welcome,
  Have,
  Delta,
  z.object({ type: z.literal("ping"), n: z.number().int().min(0) }),
  z.object({ type: z.literal("settings"), ...standing }),
  z.object({
    type: z.literal("answer"),
    now: z.number(),
    configVersion: z.number().int(),
    findings: z.array(Finding),
    registers: z.array(Peer),
  }),
  Present,
  NegotiateFrom,
  Undelivered,
  ClaimList,
]);
export type HubMessage = z.infer<typeof HubMessage>;

/** Why a session was ended by the hub: WebSocket close code and the reason sent with it. */
export const CLOSE = {
  badMessage: { code: 4400, reason: "bad-message" },
  unknownToken: { code: 4401, reason: "unknown-token" },
  wrongReplica: { code: 4403, reason: "wrong-replica" }, // the replica named is not one of this register
  helloTimeout: { code: 4408, reason: "hello-timeout" },
  replaced: { code: 4409, reason: "replaced" }, // a newer session of the same register took over
  gap: { code: 4412, reason: "gap" }, // deltas kept leaving ops out
  tooLarge: { code: 4413, reason: "too-large" },
  fork: { code: 4422, reason: "fork" }, // an op id was used again with other content
  wireVersion: { code: 4426, reason: "wire-version" },
  slow: { code: 4429, reason: "slow" }, // did not read what it was sent
  storage: { code: 4500, reason: "storage" }, // the hub could not write; come back later
  restart: { code: 1012, reason: "restart" },
} as const;
export type Close = (typeof CLOSE)[keyof typeof CLOSE];

/** Ops as runs, for a delta. Ops of one writer must come in seq order. */
export function toRuns(ops: readonly CheckOp[]): Run[] {
  const runs: Run[] = [];
  const last = new Map<string, Run>();
  for (const { replica, seq, stamp, body } of ops) {
    const entry: Run["ops"][number] = { at: [stamp.ms, stamp.count], body };
    const run = last.get(replica);
    if (run && run.from + run.ops.length === seq) run.ops.push(entry);
    else {
      const begun: Run = { replica, from: seq, ops: [entry] };
      runs.push(begun);
      last.set(replica, begun);
    }
  }
  return runs;
}

export function fromRuns(runs: readonly Run[]): CheckOp[] {
  return runs.flatMap(({ replica, from, ops }) =>
    ops.map(({ at: [ms, count], body }, i) => ({ replica, seq: from + i, stamp: { ms, count }, body }))
  );
}

export type Parsed<T> = { readonly ok: true; readonly message: T } | { readonly ok: false; readonly why: string };

/** Parses one frame; `why` says what was wrong with it, in a few words. */
export function parseMessage<T>(schema: z.ZodType<T>, raw: string): Parsed<T> {
  let value: unknown;
  try {
    value = unpackMessage(JSON.parse(raw));
  } catch {
    return { ok: false, why: "not JSON" };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, message: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, why: `${issue?.path.join(".") || "message"}: ${issue?.message ?? "not valid"}` };
}
