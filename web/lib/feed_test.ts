/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { z } from "zod";
import { type Connection, Feed, REOPEN_EVERY_MS, type Source, STALE_AFTER_MS } from "./feed.ts";

class FakeSource implements Source {
  readyState = 1;
  #listeners: ((event: MessageEvent<string>) => void)[] = [];
  addEventListener(_type: string, listener: (event: MessageEvent<string>) => void) {
    this.#listeners.push(listener);
  }
  close() {
    this.readyState = 2;
  }
  say(data: string) {
    this.#listeners.forEach((listener) => listener({ data } as MessageEvent<string>));
  }
}

function setUp() {
  const clock = { now: 1_000_000 };
  const sources: FakeSource[] = [];
  const heard: number[] = [];
  const states: Connection[] = [];
  const feed = new Feed({
    schema: z.object({ n: z.number() }),
    event: "view",
    open: () => sources[sources.push(new FakeSource()) - 1]!,
    now: () => clock.now,
    onData: ({ n }) => heard.push(n),
    onChange: (connection) => states.push(connection),
  });
  return { clock, sources, heard, states, feed, last: () => states.at(-1)! };
}

Deno.test("a view makes the feed live", () => {
  const { sources, heard, last, clock } = setUp();
  assert.equal(last().kind, "connecting");
  sources[0]!.say('{"n":1}');
  assert.deepEqual(heard, [1]);
  assert.deepEqual(last(), { kind: "live", heardAt: clock.now });
});

Deno.test("ten seconds of quiet mean lost, since the last word", () => {
  const { sources, feed, clock, last } = setUp();
  sources[0]!.say('{"n":1}');
  const heardAt = clock.now;
  clock.now += STALE_AFTER_MS - 1;
  feed.tick();
  assert.equal(last().kind, "live");
  clock.now += 1;
  feed.tick();
  assert.deepEqual(last(), { kind: "lost", since: heardAt });
});

Deno.test("a hub that never speaks is lost since we began to try", () => {
  const { feed, clock, last } = setUp();
  const began = clock.now;
  clock.now += STALE_AFTER_MS;
  feed.tick();
  assert.deepEqual(last(), { kind: "lost", since: began });
});

Deno.test("a lost feed opens a new source, at its pace, and closes the old", () => {
  const { feed, clock, sources } = setUp();
  clock.now += STALE_AFTER_MS;
  feed.tick();
  assert.equal(sources.length, 2);
  assert.equal(sources[0]!.readyState, 2);
  clock.now += REOPEN_EVERY_MS - 1;
  feed.tick();
  assert.equal(sources.length, 2);
  clock.now += 1;
  feed.tick();
  assert.equal(sources.length, 3);
});

Deno.test("a source that the browser gave up is replaced before it counts as lost", () => {
  const { feed, clock, sources, last } = setUp();
  sources[0]!.say('{"n":1}');
  sources[0]!.close();
  clock.now += REOPEN_EVERY_MS;
  feed.tick();
  assert.equal(sources.length, 2);
  assert.equal(last().kind, "live");
});

Deno.test("one word brings a lost feed back", () => {
  const { feed, clock, sources, last } = setUp();
  clock.now += STALE_AFTER_MS;
  feed.tick();
  sources[1]!.say('{"n":2}');
  assert.equal(last().kind, "live");
});

Deno.test("a source that was replaced is not heard any more", () => {
  const { feed, clock, sources, heard } = setUp();
  clock.now += STALE_AFTER_MS;
  feed.tick();
  sources[0]!.say('{"n":9}');
  assert.deepEqual(heard, []);
});

Deno.test("data that breaks the contract does not count as a word", () => {
  const { sources, heard, last } = setUp();
  sources[0]!.say('{"n":"one"}');
  sources[0]!.say("<html>");
  assert.deepEqual(heard, []);
  assert.equal(last().kind, "connecting");
});
