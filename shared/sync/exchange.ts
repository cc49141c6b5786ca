/**
 * Two messages bring any two logs together: `have {vector}` says what is stored here, `delta {ops}` brings what the other lacks.
 * The same code runs in a register for each link and in the hub for each session; the hub is a peer with a disk.
 *
 * Rules (SPEC.md, SYN): a `have` is never answered with a `have`; a delta always is, once what it brought is stored, and that
 * answer is the durable acknowledgement. What was sent is remembered within one connection only, to push each new op once;
 * a `have` overrules it. So a lost frame, a duplicate, or any order of arrival heals by itself.
 */
import type { Log } from "./log.ts";
import type { Op } from "./op.ts";
import { seqOf, type Vector } from "./vector.ts";

export const DELTA_OPS_MAX = 200; // ops in one delta: about 25 kB, well under a data channel's 256 KiB

/** What one connection knows of the other side. Dies with the connection. */
export interface Exchange {
  heard: Vector | undefined; // the last `have`: stored over there for certain; undefined before the first
  sent: Record<string, number>; // per writer, the last seq pushed on this connection
}

export function newExchange(): Exchange {
  return { heard: undefined, sent: {} };
}

/** Takes a `have` and returns the ops to send in answer: what the other lacks, at most DELTA_OPS_MAX. Empty: send nothing. */
export function answerHave<Body>(exchange: Exchange, log: Log<Body>, theirs: Vector): Op<Body>[] {
  exchange.heard = theirs;
  const ops = log.since(theirs, DELTA_OPS_MAX);
  exchange.sent = { ...theirs };
  noteSent(exchange, ops);
  return ops;
}

/**
 * Of ops just stored here, those to push at once to the other side: the ones that follow what it has or was sent. The rest wait for
 * its next `have`, which they cannot miss.
 */
export function opsToPush<Body>(exchange: Exchange, fresh: readonly Op<Body>[]): Op<Body>[] {
  if (!exchange.heard) return []; // its first `have` is on its way and will ask for all of it
  const push: Op<Body>[] = [];
  for (const op of fresh) {
    if (op.seq !== seqOf(exchange.sent, op.replica) + 1 || push.length >= DELTA_OPS_MAX) continue;
    exchange.sent[op.replica] = op.seq;
    push.push(op);
  }
  return push;
}

/** Notes ops that came from the other side: it has them, so they are not pushed back. */
export function noteReceived(exchange: Exchange, ops: readonly Op[]): void {
  noteSent(exchange, ops);
}

function noteSent(exchange: Exchange, ops: readonly Op[]): void {
  for (const op of ops) exchange.sent[op.replica] = Math.max(seqOf(exchange.sent, op.replica), op.seq);
}
