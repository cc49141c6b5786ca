/**
 * Every message of a register's WebSocket session with the hub (`/api/link`), and how ops travel in them.
 *
 *   register → hub   hello, then have · delta · want · family · recall · heartbeat · pong · negotiate · claim
 *   hub → register   welcome, then have · delta · want · family · retire · digest · recalled · answer · ping · settings · present · negotiate · undelivered · claims · walk
 *
 * A register sends `negotiate` only to a hub that has sent `present`, `claim` only to one that has sent `claims`, and `recall` only to one
 * whose `welcome` says `recalls`. The hub sends `want`,
 * `family`, `retire`, `digest` and what was let go only to a register whose `hello` says `retired`, and `walk`
 * only to one whose `hello` says `walks`. So none of them needs a new version.
 *
 * Version history:
 *   1  first
 */
import { z } from "zod";
import { Finding, Liveness } from "./api.ts";
import { CheckBody, CheckNumber } from "./check/op.ts";
import { ClaimList, ClaimTo } from "./claim.ts";
import { AppInfo, Heartbeat } from "./heartbeat.ts";
import { OpId, ReplicaId } from "./ids.ts";
import { WalkAsked } from "./install/walk.ts";
import { NegotiateFrom, NegotiateTo, Present, Undelivered } from "./negotiate.ts";
import { unpackMessage } from "./packing.ts";
import { Stamp } from "./sync/hlc.ts";
import { DELTA_OPS_MAX } from "./sync/exchange.ts";
import { isGone, type Item } from "./sync/op.ts";
import { SEQ_MAX, Vector } from "./sync/vector.ts";

export const WIRE_VERSION = 1;
export const MESSAGE_MAX_BYTES = 256 * 1024; // what a data channel carries at most; a full delta is about 30 kB
const RUNS_MAX = DELTA_OPS_MAX; // writers in one delta
export const CHECKS_NAMED_MAX = 1_000; // in one message: some 20 kB
export const SPANS_MAX = 200; // places of one writer in one message

const OpEntry = z.strictObject({ at: z.tuple([Stamp.shape.ms, Stamp.shape.count]), body: CheckBody });
const GoneEntry = z.strictObject({ gone: z.number().int().min(1).max(SEQ_MAX) });
type RunEntry = z.infer<typeof OpEntry> | z.infer<typeof GoneEntry>;
/** Told apart by hand, so that a refusal names the field at fault; a union would only say that neither fits. */
const RunEntry: z.ZodType<RunEntry> = z.unknown().transform((value, context) => {
  const isGone = typeof value === "object" && value !== null && "gone" in value;
  const parsed = (isGone ? GoneEntry : OpEntry).safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) context.addIssue({ code: "custom", path, message });
  return z.NEVER;
});

/** Consecutive ops of one writer, the first with seq `from`. `gone: n` stands for n ops that were let go. */
export const Run = z.strictObject({
  replica: ReplicaId,
  from: z.number().int().min(1).max(SEQ_MAX),
  ops: z.array(RunEntry).min(1).max(DELTA_OPS_MAX),
});
export type Run = z.infer<typeof Run>;
const Runs = z.array(Run).min(1).max(RUNS_MAX);

export const Have = z.strictObject({ type: z.literal("have"), vector: Vector });
export const Delta = z.strictObject({ type: z.literal("delta"), runs: Runs });

const Checks = z.array(OpId).max(CHECKS_NAMED_MAX);

/** Places of writers, first and last seq. */
const Spans = z.record(ReplicaId, z.array(z.tuple([z.number().int().min(1), z.number().int().min(1)])).max(SPANS_MAX));
export type Spans = z.infer<typeof Spans>;

/**
 * Asks for checks, of which too little or too much is held here; for ops of no check, where those held here are `others`; or for ops by
 * their place, of writers of whom some were let go. Answered with `family`, or by the hub with `retire`.
 */
export const Want = z.strictObject({
  type: z.literal("want"),
  checks: Checks,
  others: z.array(OpId).max(CHECKS_NAMED_MAX).optional(),
  spans: Spans.optional(),
});
export type Want = z.infer<typeof Want>;
/** Ops of checks that are told as one, `ops` of them in all; a large family comes in several. What the receiver let go it takes back. */
export const Family = z.strictObject({
  type: z.literal("family"),
  checks: Checks,
  ops: z.number().int().min(0),
  runs: Runs,
});
export type Family = z.infer<typeof Family>;
/**
 * Settled checks that registers need not keep: what they hold of these `checks` up to `covers`, and the ops `others` of no check, is on the
 * hub's disk, but for the places that it `lacks`. `upTo` numbers what was let go, by the hub's clock; `numbers` are the highest numbers given, by letter.
 */
export const Retire = z.strictObject({
  type: z.literal("retire"),
  upTo: z.number().int().min(0),
  checks: Checks,
  others: z.array(OpId).max(CHECKS_NAMED_MAX),
  covers: Vector,
  lacks: Spans.optional(),
  numbers: z.record(z.string().max(8), z.number().int().min(0)),
});
export type Retire = z.infer<typeof Retire>;
/**
 * How many ops the hub holds of each check that registers keep, and of no check: who holds fewer asks for it. `whole`: there is no other,
 * so who holds one asks, too.
 */
export const Digest = z.strictObject({
  type: z.literal("digest"),
  counts: z.record(OpId, z.number().int().min(1)),
  others: z.number().int().min(0),
  whole: z.boolean(),
});
export type Digest = z.infer<typeof Digest>;

export const NUMBERS_MAX = 32; // in one question: a number that was typed without its letter is asked for with each

/** Asks for checks that were let go, by number. What the hub holds of them it speaks of again; then it answers `recalled`. */
export const Recall = z.strictObject({
  type: z.literal("recall"),
  numbers: z.array(CheckNumber).min(1).max(NUMBERS_MAX),
});
export type Recall = z.infer<typeof Recall>;
/** Answers `recall`, after all of those checks was sent. None: the hub knows no check of these numbers. */
export const Recalled = z.object({ type: z.literal("recalled"), numbers: z.array(z.string()), checks: Checks });
export type Recalled = z.infer<typeof Recalled>;

/** The messages of sync between any two peers, over any link; and those that only the hub says. */
export const SyncMessage = z.discriminatedUnion("type", [Have, Delta, Want, Family, Retire, Digest]);
export type SyncMessage = z.infer<typeof SyncMessage>;

export const Hello = z.object({
  type: z.literal("hello"),
  version: z.number().int().min(1),
  token: z.string().min(1).max(200),
  replica: ReplicaId,
  app: AppInfo,
  packed: z.boolean().optional(), // whether deltas may come packed, as packing.ts tells
  /** It lets settled checks go: up to which `retire` it did; null when it holds nothing yet. Absent: it is sent every op there is. */
  retired: z.number().int().min(0).nullish(),
  claims: z.boolean().optional(), // whether `claims` may come, as claim.ts tells
  walks: z.boolean().optional(), // whether `walk` may come, as install/walk.ts tells
});
export type Hello = z.infer<typeof Hello>;

export const RegisterMessage = z.discriminatedUnion("type", [
  Have,
  Delta,
  Want,
  Family,
  z.object({ type: z.literal("heartbeat"), heartbeat: Heartbeat }),
  z.strictObject({ type: z.literal("pong"), n: z.number().int().min(0) }),
  NegotiateTo,
  ClaimTo,
  Recall,
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
  recalls: z.boolean().optional(), // whether `recall` may be sent
  ...standing,
});
export const HubMessage = z.discriminatedUnion("type", [
  Welcome,
  Have,
  Delta,
  Want,
  Family,
  Retire,
  Digest,
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
  Recalled,
  WalkAsked,
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
  flood: { code: 4430, reason: "flood" }, // sent frames faster than any sound register does
  storage: { code: 4500, reason: "storage" }, // the hub could not write; come back later
  restart: { code: 1012, reason: "restart" },
} as const;
export type Close = (typeof CLOSE)[keyof typeof CLOSE];

/** Items as runs, for a delta. Those of one writer must come in seq order. */
export function toRuns(items: readonly Item<CheckBody>[]): Run[] {
  const runs: Run[] = [];
  const open = new Map<string, { run: Run; next: number }>();
  for (const item of items) {
    const entry: Run["ops"][number] = isGone(item)
      ? { gone: item.gone }
      : { at: [item.stamp.ms, item.stamp.count], body: item.body };
    const last = open.get(item.replica);
    const next = item.seq + (isGone(item) ? item.gone : 1);
    if (last?.next === item.seq) {
      last.run.ops.push(entry);
      last.next = next;
    } else {
      const run: Run = { replica: item.replica, from: item.seq, ops: [entry] };
      runs.push(run);
      open.set(item.replica, { run, next });
    }
  }
  return runs;
}

export function fromRuns(runs: readonly Run[]): Item<CheckBody>[] {
  return runs.flatMap(({ replica, from, ops }) => {
    let seq = from;
    return ops.map((entry): Item<CheckBody> => {
      const own = seq;
      seq += "gone" in entry ? entry.gone : 1;
      if ("gone" in entry) return { replica, seq: own, gone: entry.gone };
      const [ms, count] = entry.at;
      return { replica, seq: own, stamp: { ms, count }, body: entry.body };
    });
  });
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
