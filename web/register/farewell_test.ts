/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { LastWordsRequest } from "../../shared/last_words.ts";
import { Farewell } from "./farewell.ts";

function page() {
  const sent: LastWordsRequest[] = [];
  const farewell = new Farewell({ now: () => 0, idleSeconds: () => 120, beacon: (words) => sent.push(words) });
  return { farewell, kinds: () => sent.map(({ kind }) => kind), sent };
}

Deno.test("[CAU24] a page says once that it is hidden, with its token and how long nobody touched it", () => {
  const { farewell, sent } = page();
  assert.equal(farewell.say("hidden", "t"), true);
  assert.equal(farewell.say("hidden", "t"), false);
  assert.deepEqual(sent, [{ token: "t", kind: "hidden", sentAt: "1970-01-01T00:00:00.000Z", idleSeconds: 120 }]);
});

Deno.test("[CAU24] hidden may become closing; closing never becomes hidden, in whatever order the browser tells", () => {
  const { farewell, kinds } = page();
  farewell.say("hidden", "t");
  farewell.say("closing", "t");
  farewell.say("hidden", "t");
  assert.deepEqual(kinds(), ["hidden", "closing"]);
  assert.equal(farewell.words, "closing");
});

Deno.test("[CAU24] a page that comes back takes its words back, and may say them anew", () => {
  const { farewell, kinds } = page();
  farewell.say("closing", "t");
  farewell.takeBack();
  assert.equal(farewell.words, undefined);
  farewell.say("hidden", "t");
  assert.deepEqual(kinds(), ["closing", "hidden"]);
});
