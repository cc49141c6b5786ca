/**
 * Two messages bring any two logs together: `have {vector}` says what is stored here, `delta {ops}` brings what the other lacks.
 * The same code runs in a register for each link and in the hub for each session; the hub is a peer with a disk.
 *
 * Rules (SPEC.md, SYN): a `have` is never answered with a `have`; a delta always is, once what it brought is stored, and that
 * answer is the durable acknowledgement. What was sent is remembered within one connection only, to push each new op once;
 * a `have` overrules it. So a lost frame, a duplicate, or any order of arrival heals by itself.
 */
import type { Log } from "./log.ts";
import { isGone, type Item, lastSeq, type Op } from "./op.ts";
import { covers, headsOf, mergeVectors, seqOf, type Vector } from "./vector.ts";

export const DELTA_OPS_MAX = 200; // ops in one delta: about 25 kB as a rule
// Characters of JSON in one delta: at three bytes each it stays under the 256 KiB that a data channel carries and the hub takes.
export const DELTA_CHARS_MAX = 80 * 1024;
const OP_FRAME_CHARS = 64; // what stamp, writer and seq add to a body
const SURELY_FIT = 6; // ops of the largest kinds, every letter escaped, at 13 kB each

const ON_THE_WAY_MAX = 4_096; // deltas kept in mind until a `have` shows them: minutes of a cable that is out

export const GAPS_MAX = 5; // deltas in a row that leave ops out before their sender is named

/**
 * What no sound peer sends. `fork`: an id that is held, with other content. `gap`: deltas that leave ops out, again and again.
 * `oversize`: more ops than one delta carries.
 */
export type Suspicion = "fork" | "gap" | "oversize";

/** What one connection knows of the other side. Dies with the connection. */
export interface Exchange {
  heard: Vector | undefined; // the last `have`: stored over there for certain; undefined before the first
  sent: Record<string, number>; // per writer, the last seq pushed on this connection
  readonly onTheWay: Vector[]; // the ends of each delta that no `have` has shown to be stored, the oldest first
}

export function newExchange(): Exchange {
  return { heard: undefined, sent: {}, onTheWay: [] };
}

/**
 * Takes a `have` and returns the ops to send in answer: what the other lacks, as much as one delta holds. Empty: send nothing. One that
 * shows the oldest delta stored, and not the later ones, speaks of a while ago: those are on their way and not sent again, or a thousand
 * frames that a pulled cable held up would be answered by a thousand deltas.
 */
export function answerHave<Body>(exchange: Exchange, log: Log<Body>, theirs: Vector): Item<Body>[] {
  const { sent, onTheWay } = exchange;
  const later = onTheWay.findIndex((ends) => !covers(theirs, ends));
  onTheWay.splice(0, later < 0 ? onTheWay.length : later);
  noteHeard(exchange, theirs);
  if (later > 0) exchange.sent = mergeVectors(theirs, sent);
  return lackedBy(exchange.sent, exchange, log);
}

/** Takes a `have` that is not answered now. */
export function noteHeard(exchange: Exchange, theirs: Vector): void {
  exchange.heard = theirs;
  exchange.sent = { ...theirs };
}

/**
 * What the other side lacks by its last `have`, as much as one delta holds: to be said again when it is silent, since a frame may have
 * been lost on the way and a side that does not know what it lacks cannot ask.
 */
export function opsLacking<Body>(exchange: Exchange, log: Log<Body>): Item<Body>[] {
  return exchange.heard ? lackedBy(exchange.heard, exchange, log) : [];
}

function lackedBy<Body>(vector: Vector, exchange: Exchange, log: Log<Body>): Item<Body>[] {
  const items = withinOneDelta(log.since(vector, DELTA_OPS_MAX));
  noteDelta(exchange, items);
  return items;
}

/**
 * Of ops just stored here, those to push at once to the other side: the ones that follow what it has or was sent. The rest wait for
 * its next `have`, which they cannot miss.
 */
export function opsToPush<Body>(exchange: Exchange, fresh: readonly Op<Body>[]): Op<Body>[] {
  if (!exchange.heard) return []; // its first `have` is on its way and will ask for all of it
  const push: Op<Body>[] = [];
  const next: Record<string, number> = {};
  for (const op of fresh) {
    if (op.seq !== (next[op.replica] ?? seqOf(exchange.sent, op.replica)) + 1 || push.length >= DELTA_OPS_MAX) continue;
    next[op.replica] = op.seq;
    push.push(op);
  }
  const pushed = withinOneDelta(push);
  noteDelta(exchange, pushed);
  return pushed;
}

/** Notes ops that came from the other side: it has stored them and all before them, so they are not sent back. */
export function noteReceived(exchange: Exchange, items: readonly Item[]): void {
  noteSent(exchange, items);
  if (exchange.heard) exchange.heard = mergeVectors(exchange.heard, headsOf(items));
}

/** The first of `ops` that one delta holds: a move of 200 lines is 5 kB, so 200 ops can be a megabyte. */
export function withinOneDelta<ItemOf extends Item>(items: ItemOf[], charsMax = DELTA_CHARS_MAX): ItemOf[] {
  if (items.length <= SURELY_FIT) return items;
  let chars = 0;
  const end = items.findIndex((item) =>
    (chars += OP_FRAME_CHARS + (isGone(item) ? 0 : JSON.stringify(item.body).length)) > charsMax
  );
  return end < 0 ? items : items.slice(0, end);
}

function noteDelta(exchange: Exchange, items: readonly Item[]): void {
  if (items.length === 0) return;
  noteSent(exchange, items);
  exchange.onTheWay.push(headsOf(items));
  if (exchange.onTheWay.length > ON_THE_WAY_MAX) exchange.onTheWay.shift();
}

function noteSent(exchange: Exchange, items: readonly Item[]): void {
  for (const item of items) {
    exchange.sent[item.replica] = Math.max(seqOf(exchange.sent, item.replica), lastSeq(item));
  }
}
