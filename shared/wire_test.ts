import assert from "node:assert/strict";
import { test } from "node:test";
import { pen } from "./check/testing.ts";
import { Delta, fromRuns, HubMessage, parseMessage, RegisterMessage, SPANS_MAX, toRuns } from "./wire.ts";

function someOps() {
  const [a, b] = [pen("a"), pen("b")];
  const open = a.write({ kind: "check.open", number: "A1" });
  const line = (by: typeof a, name: string) =>
    by.write({ kind: "line.add", check: open.id, name, price: 100, quantity: 1 });
  return [open, line(a, "Soup"), line(b, "Beer"), line(a, "Cake")].map(({ replica, seq, stamp, body }) => ({
    replica,
    seq,
    stamp,
    body,
  }));
}

test("toRuns() and fromRuns() carry every op of every writer", () => {
  const ops = someOps();
  const runs = toRuns(ops);
  assert.deepEqual(runs.map(({ replica, from, ops }) => [replica[0], from, ops.length]), [["a", 1, 3], ["b", 1, 1]]);
  const back = fromRuns(Delta.parse(JSON.parse(JSON.stringify({ type: "delta", runs }))).runs);
  assert.deepEqual(new Set(back.map((op) => JSON.stringify(op))), new Set(ops.map((op) => JSON.stringify(op))));
});

test("toRuns() begins a new run where a seq is missing", () => {
  const [first, , , last] = someOps();
  assert.deepEqual(toRuns([first!, last!]).map((run) => run.from), [1, 3]);
});

test("[SES5] parseMessage() says what is wrong with a frame", () => {
  const why = (raw: string) => {
    const parsed = parseMessage(RegisterMessage, raw);
    return parsed.ok ? "ok" : parsed.why;
  };
  assert.equal(why("{"), "not JSON");
  assert.notEqual(why("[]"), "ok");
  assert.notEqual(why('{"type":"sing"}'), "ok");
  assert.match(why('{"type":"have","vector":{"nobody":1}}'), /vector/);
  const bad = { kind: "line.add", check: "aaaaaaaa-0000/1", name: "Soup", price: -5, quantity: 1 };
  const delta = { type: "delta", runs: [{ replica: "aaaaaaaa-0000", from: 1, ops: [{ at: [1, 0], body: bad }] }] };
  assert.match(why(JSON.stringify(delta)), /^runs\.0\.ops\.0\.body\.price: /);
  assert.equal(why(JSON.stringify({ type: "have", vector: { "aaaaaaaa-0000": 3 } })), "ok");
});

test("[SYN28][SYN36] a register may ask for checks and hand them out; what may be let go and what there is only the hub says", () => {
  const id = "aaaaaaaa-0000/1";
  const [run] = toRuns(someOps());
  const both = [
    { type: "want", checks: [id], others: [id], spans: { "aaaaaaaa-0000": [[1, 5]] } },
    { type: "want", checks: [] },
    { type: "family", checks: [id], ops: 3, runs: [run] },
  ];
  const hub = [
    { type: "retire", upTo: 5, checks: [id], others: [], covers: { "aaaaaaaa-0000": 3 }, numbers: { A: 12 } },
    { type: "digest", counts: { [id]: 3 }, others: 0, whole: true },
  ];
  const read = (schema: typeof RegisterMessage | typeof HubMessage, message: object) =>
    parseMessage<unknown>(schema, JSON.stringify(message));
  for (const message of both) {
    assert.deepEqual(read(RegisterMessage, message), { ok: true, message });
    assert.deepEqual(read(HubMessage, message), { ok: true, message });
  }
  const recall = { type: "recall", numbers: ["B12", "C12"] };
  assert.deepEqual(read(RegisterMessage, recall), { ok: true, message: recall });
  for (const numbers of [[], ["12"], ["b12"], Array.from({ length: 33 }, () => "B12")]) {
    assert.equal(read(RegisterMessage, { type: "recall", numbers }).ok, false, String(numbers));
  }
  for (const message of hub) {
    assert.deepEqual(read(HubMessage, message), { ok: true, message });
    assert.equal(read(RegisterMessage, message).ok, false);
  }
  const many = Array.from({ length: SPANS_MAX + 1 }, () => [1, 2]);
  assert.equal(read(HubMessage, { type: "want", checks: [], spans: { "aaaaaaaa-0000": many } }).ok, false);
});
