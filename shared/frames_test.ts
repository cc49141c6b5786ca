import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { OPAQUE_BODY_MAX } from "./check/op.ts";
import { DirectFrame } from "./direct.ts";
import { FRAME_MAX_CHARS, framesOf } from "./frames.ts";
import { encodeMessage } from "./packing.ts";
import { DELTA_OPS_MAX } from "./sync/exchange.ts";
import { Delta, fromRuns, MESSAGE_MAX_BYTES, parseMessage, toRuns } from "./wire.ts";

const BYTES = (text: string) => Buffer.byteLength(text);

/** `count` ops of two writers in turns, each as long as an op may be. */
function longest(count: number) {
  const body = { kind: "later.kind", text: "€".repeat(OPAQUE_BODY_MAX - 40) };
  return Array.from({ length: count }, (_, i) => ({
    replica: i % 2 ? "aaaaaaaa-0000" : "bbbbbbbb-0000",
    seq: Math.floor(i / 2) + 1,
    stamp: { ms: i, count: 0 },
    body,
  }));
}

test("[LNK11] a delta of the longest ops is cut into frames that a channel carries, with every op in its order", () => {
  const ops = longest(DELTA_OPS_MAX);
  const frames = framesOf({ type: "delta", runs: toRuns(ops) });
  assert.ok(frames.length > 1);
  assert.ok(frames.every((frame) => frame.length <= FRAME_MAX_CHARS && BYTES(frame) < MESSAGE_MAX_BYTES));
  const back = frames.flatMap((frame) => {
    const parsed = parseMessage(Delta, frame);
    assert.ok(parsed.ok);
    return fromRuns(parsed.message.runs);
  });
  for (const writer of ["aaaaaaaa-0000", "bbbbbbbb-0000"]) {
    const of = (list: typeof ops) => list.filter(({ replica }) => replica === writer);
    assert.deepEqual(of(back as typeof ops), of(ops));
  }
});

test("[SYN26][LNK11] a delta cut into frames keeps the places of what was let go", () => {
  const body = { kind: "later.kind", text: "x".repeat(OPAQUE_BODY_MAX - 40) };
  const items = Array.from(
    { length: 60 },
    (_, i) =>
      i % 2
        ? { replica: "aaaaaaaa-0000", seq: 6 * (i - 1) + 2, gone: 11 }
        : { replica: "aaaaaaaa-0000", seq: 6 * i + 1, stamp: { ms: i, count: 0 }, body },
  );
  const frames = framesOf({ type: "delta", runs: toRuns(items) });
  assert.ok(frames.length > 1);
  const back = frames.flatMap((frame) => {
    const parsed = parseMessage(Delta, frame);
    assert.ok(parsed.ok);
    return fromRuns(parsed.message.runs);
  });
  assert.deepEqual(back, items);
});

test("[LNK11] what fits goes as it is", () => {
  const delta = { type: "delta", runs: toRuns(longest(2)) } as const;
  assert.deepEqual(framesOf(delta), [encodeMessage(delta)]);
  assert.deepEqual(framesOf({ type: "have", vector: {} }), ['{"type":"have","vector":{}}']);
});

test("[LNK8] an offer to be passed on and one that was passed on are told apart", () => {
  const body = { kind: "ask" };
  const parse = (value: unknown) => parseMessage(DirectFrame, JSON.stringify(value));
  assert.ok(parse({ type: "negotiate", to: "aaaaaaaa", body }).ok);
  assert.ok(parse({ type: "negotiate", from: "aaaaaaaa", body }).ok);
  assert.ok(!parse({ type: "negotiate", body }).ok);
  assert.ok(!parse({ type: "negotiate", to: "aaaaaaaa", body: { kind: "offer", call: "1", sdp: "v" } }).ok);
});
