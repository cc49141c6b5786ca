import assert from "node:assert/strict";
import { test } from "node:test";
import { answerHave, newExchange, opsToPush } from "./exchange.ts";
import { MemoryLog } from "./log.ts";
import type { Op } from "./op.ts";

const [A, B] = ["aaaaaaaa-aaaa", "bbbbbbbb-bbbb"];
const op = (replica: string, seq: number): Op<string> => ({ replica, seq, stamp: { ms: seq, count: 0 }, body: "x" });

/** Two writers' ops, pushed one by one in turn to a peer that was heard with nothing, and has answered none yet. */
function pushed(each: number) {
  const log = new MemoryLog<string>();
  const exchange = newExchange();
  answerHave(exchange, log, {});
  const push = (replica: string, seq: number) => opsToPush(exchange, log.append([op(replica, seq)]).fresh).length;
  for (let seq = 1; seq <= each; seq++) assert.deepEqual([push(A, seq), push(B, seq)], [1, 1]);
  return { answer: (theirs: Record<string, number>) => answerHave(exchange, log, theirs).length, push };
}

test("[SYN46] a thousand frames that were held up are answered by as many `have`s, and nothing is sent again", () => {
  const { answer, push } = pushed(500);
  for (let seq = 1; seq <= 500; seq++) {
    assert.equal(answer({ [A]: seq, [B]: seq - 1 }), 0);
    assert.equal(answer({ [A]: seq, [B]: seq }), 0);
  }
  assert.equal(push(A, 501), 1);
});

test("[SYN46] what another brought meanwhile is an answer, too", () => {
  const { answer } = pushed(100);
  assert.deepEqual(
    [answer({ [A]: 60, [B]: 70 }), answer({ [A]: 60, [B]: 70 })],
    [0, 70],
    "the second shows nothing new",
  );
});

test("[SYN46, SYN4] what was lost is sent again with the first answer that shows it", () => {
  const { answer } = pushed(3);
  assert.deepEqual([answer({ [A]: 1 }), answer({ [A]: 1 })], [0, 5], "the first of B was lost");
  assert.equal(answer({ [A]: 3, [B]: 3 }), 0);
});
