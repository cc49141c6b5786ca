import assert from "node:assert/strict";
import { Feed, FEED_AT_LEAST_MS, FEED_EVERY_MS } from "./feed.ts";

function listener(keepsUp = true) {
  const heard: string[] = [];
  return {
    heard,
    ended: 0,
    send: (text: string) => (heard.push(text), keepsUp),
    close() {
      this.ended += 1;
    },
  };
}

Deno.test("[API6] a console gets the view at once, then when it changed, and at the latest after a while", () => {
  const feed = new Feed();
  const console = listener();
  feed.add(console, "first");
  feed.publish("a", () => "a", 10_000);
  feed.publish("b", () => "too soon", 10_000 + FEED_EVERY_MS - 1);
  feed.publish("b", () => "b", 10_000 + FEED_EVERY_MS);
  feed.publish("b", () => "the same", 12_000);
  feed.publish("b", () => "still here", 11_000 + FEED_AT_LEAST_MS);
  assert.deepEqual(console.heard, ["first", "a", "b", "still here"]);
});

Deno.test("[API6] a console that cannot keep up is let go, and the others are not", () => {
  const feed = new Feed();
  const [slow, quick] = [listener(false), listener()];
  feed.add(quick, "first");
  feed.add(slow, "first");
  assert.deepEqual([slow.ended, feed.size], [1, 1]);
  feed.publish("a", () => "a", 10_000);
  assert.deepEqual(quick.heard, ["first", "a"]);
});

Deno.test("no more consoles than the limit: the oldest goes", () => {
  const feed = new Feed();
  const consoles = Array.from({ length: 33 }, () => listener());
  for (const console of consoles) feed.add(console, "first");
  assert.equal(feed.size, 32);
  assert.deepEqual(consoles.map((console) => console.ended).slice(0, 2), [1, 0]);
});
