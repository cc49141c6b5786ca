import assert from "node:assert/strict";
import { test } from "node:test";
import { pen } from "./check/testing.ts";
import type { CheckBody } from "./check/op.ts";
import { encodeMessage, unpackMessage } from "./packing.ts";
import { Delta, fromRuns, parseMessage, SyncMessage, toRuns } from "./wire.ts";

const tax = { name: "Sales tax", rate: 887.5, mode: "exclusive" } as const;

function ops() {
  const [a, b] = [pen("a"), pen("b", 500)];
  const open = a.write({ kind: "check.open", number: "A1" }, 1_795_460_645_123);
  const line = (by: typeof a, name: string) =>
    by.write({ kind: "line.add", check: open.id, name, price: 100, quantity: 1, taxes: [tax] });
  const lines = [line(a, "Soup"), line(b, "/1"), line(a, "Cake")];
  const more: CheckBody[] = [
    { kind: "line.move", check: open.id, lines: [lines[0]!.id, lines[1]!.id], to: "cccccccc-0000/4" },
    {
      kind: "line.divide",
      check: open.id,
      line: lines[2]!.id,
      among: [{ check: open.id, parts: 1 }, { check: "cccccccc-0000/4", parts: 2 }],
    },
    { kind: "check.merge", check: open.id, into: "cccccccc-0000/4" },
    { kind: "later.thing", check: open.id, heat: [1, { taxes: 5 }] },
  ];
  const rest = more.map((body, i) => ({
    ...a.write(body, 1_795_460_000_000 - i),
    stamp: { ms: 1_795_460_000_000 - i, count: i },
  }));
  return [open, ...lines, ...rest].map(({ replica, seq, stamp, body }) => ({ replica, seq, stamp, body }));
}

test("[SYN25] a packed delta is the same delta", () => {
  const message: SyncMessage = { type: "delta", runs: toRuns(ops()) };
  const parsed = parseMessage(SyncMessage, encodeMessage(message));
  assert.ok(parsed.ok, JSON.stringify(parsed));
  assert.deepEqual(JSON.parse(JSON.stringify(parsed.message)), JSON.parse(JSON.stringify(message)));
});

test("[SYN25] a delta that is not packed is as good", () => {
  const message = { type: "delta", runs: toRuns(ops()) };
  const parsed = parseMessage(SyncMessage, JSON.stringify(message));
  assert.ok(parsed.ok && parsed.message.type === "delta");
  assert.equal(parsed.message.runs.length, message.runs.length);
});

test("[SYN25] what only looks packed is refused, and nothing breaks", () => {
  const run = {
    replica: "aaaaaaaa-0000",
    from: 1,
    ms: 5,
    ops: [{ at: 0, body: { kind: "check.open", number: "A1" } }],
  };
  const judge = (change: object, more: object = {}) =>
    Delta.safeParse(
      unpackMessage(JSON.parse(JSON.stringify({ type: "delta", runs: [{ ...run, ...change }], ...more }))),
    ).success;
  assert.equal(judge({}), true);
  for (const ops of [null, [null], [{ at: "x", body: {} }], [{ at: [{}], body: [] }], [{ body: null }]]) {
    assert.equal(judge({ ops }), false);
  }
  assert.equal(judge({ ms: "5" }), false);
  const line = { kind: "line.add", check: "/1", name: "Soup", price: 1, quantity: 1, taxes: [7] };
  assert.equal(judge({ ops: [{ at: 0, body: line }] }, { taxes: [tax] }), false);
  assert.equal(judge({ ops: [{ at: 0, body: { ...line, taxes: [0] } }] }, { taxes: [tax] }), true);
});

test("[SYN26] what was let go is packed and unpacked in its place, also first, last and alone", () => {
  const [first, ...others] = ops();
  const by = first!.replica;
  const own = others.filter(({ replica }) => replica === by);
  const gone = (seq: number, count: number) => ({ replica: by, seq, gone: count });
  const shifted = own.map((op, i) => ({ ...op, seq: i < 1 ? 4 : i + 10 }));
  const items = [gone(1, 3), shifted[0]!, gone(5, 6), ...shifted.slice(1), gone(shifted.length + 10, 7)];
  for (const each of [items, [gone(1, 9_999)]]) {
    const message: SyncMessage = { type: "delta", runs: toRuns(each) };
    assert.equal(message.runs.length, 1);
    for (const text of [encodeMessage(message), JSON.stringify(message)]) {
      const parsed = parseMessage(SyncMessage, text);
      assert.ok(parsed.ok && parsed.message.type === "delta", JSON.stringify(parsed));
      assert.deepEqual(JSON.parse(JSON.stringify(fromRuns(parsed.message.runs))), JSON.parse(JSON.stringify(each)));
    }
  }
});

test("[SYN26] a place of no seqs, of too many, or that says more than that it is empty is refused", () => {
  const judge = (entry: object) =>
    parseMessage(Delta, JSON.stringify({ type: "delta", runs: [{ replica: "aaaaaaaa-0000", from: 1, ops: [entry] }] }))
      .ok;
  assert.equal(judge({ gone: 1 }), true);
  for (
    const entry of [{ gone: 0 }, { gone: -1 }, { gone: 1.5 }, { gone: 1e11 }, { gone: "1" }, { gone: 1, at: [1, 0] }]
  ) {
    assert.equal(judge(entry), false, JSON.stringify(entry));
  }
});
