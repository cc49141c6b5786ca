/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { LinkView, RegisterView } from "../../shared/api.ts";
import { pairsOf } from "./pairs.ts";
import { layOut, type Point } from "./picture_layout.ts";
import { sayPair } from "./say_pair.ts";

const named = (id: string) => ({ id, name: id.toUpperCase() }) as RegisterView;
const link = (from: string, peer: string, rest: Partial<LinkView> = {}): LinkView => ({
  from,
  peer,
  path: "direct",
  rttMs: undefined,
  lossPercent: undefined,
  since: undefined,
  why: undefined,
  ...rest,
});

Deno.test("every two registers are one pair, linked or not", () => {
  const pairs = pairsOf({ registers: ["a", "b", "c"].map(named), links: [link("b", "a")] });
  assert.deepEqual(pairs.map(({ a, b, path }) => `${a.id}${b.id} ${path}`), ["ab direct", "ac none", "bc none"]);
});

Deno.test("where the two sides differ, a pair is the worse of them", () => {
  const links = [link("a", "b", { rttMs: 3 }), link("b", "a", { path: "relay", rttMs: 41, why: "No multicast." })];
  const [pair] = pairsOf({ registers: ["a", "b"].map(named), links });
  assert.equal(pair!.path, "relay");
  assert.equal(pair!.rttMs, 41);
  assert.equal(sayPair(pair!), "A and B: over the hub, 41 ms. Why: No multicast.");
});

Deno.test("a link to the hub is not a pair", () => {
  const [pair] = pairsOf({ registers: ["a", "b"].map(named), links: [link("a", "hub")] });
  assert.equal(sayPair(pair!), "A and B: no link is reported.");
});

Deno.test("whatever the width and the number, every mark is inside and none lies on another", () => {
  for (const width of [320, 358, 499, 500, 560, 756, 1100]) {
    for (let count = 0; count <= 8; count++) {
      const layout = layOut(width, count);
      const points = [layout.internet, layout.router, layout.hub, ...layout.registers];
      for (const { x, y } of points) assert.ok(x >= 18 && x <= width - 18 && y >= 18 && y <= layout.height - 18);
      points.forEach((a, index) =>
        points.slice(index + 1).forEach((b) => assert.ok(distance(a, b) >= 24, `${width} ${count}`))
      );
    }
  }
});

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
