/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { z } from "zod";
import { NOTHING, OFFLINE, request, UNREADABLE } from "./http.ts";

const Venue = z.object({ venue: z.string() });

function answering(status: number, body: string | null): { fetch: typeof fetch; seen: RequestInit[] } {
  const seen: RequestInit[] = [];
  const fake: typeof fetch = (_path, init) => {
    seen.push(init ?? {});
    return Promise.resolve(new Response(body, { status }));
  };
  return { fetch: fake, seen };
}

Deno.test("an answer that keeps the contract is parsed", async () => {
  const { fetch } = answering(200, '{"venue":"Bar Lola"}');
  assert.deepEqual(await request(Venue, "/x", { fetch }), { ok: true, data: { venue: "Bar Lola" } });
});

Deno.test("an answer that breaks the contract is a value, not an exception", async () => {
  const { fetch } = answering(200, "<html>captive portal</html>");
  const answer = await request(Venue, "/x", { fetch });
  assert.equal(!answer.ok && answer.code, UNREADABLE);
});

Deno.test("an empty answer is accepted where nothing is promised", async () => {
  const { fetch } = answering(204, null);
  assert.deepEqual(await request(NOTHING, "/x", { fetch }), { ok: true, data: undefined });
});

Deno.test("a refusal keeps the hub's code and words", async () => {
  const { fetch } = answering(409, '{"error":{"code":"unsynced","message":"2 changes would be lost."}}');
  const answer = await request(Venue, "/x", { fetch });
  assert.deepEqual(answer, { ok: false, status: 409, code: "unsynced", message: "2 changes would be lost." });
});

Deno.test("a refusal without words still says something", async () => {
  const { fetch } = answering(502, "Bad gateway");
  const answer = await request(Venue, "/x", { fetch });
  assert.ok(!answer.ok && answer.status === 502 && answer.message.includes("502"));
});

Deno.test("no answer is a value with status 0", async () => {
  const answer = await request(Venue, "/x", { fetch: () => Promise.reject(new TypeError("gone")) });
  assert.ok(!answer.ok && answer.status === 0 && answer.code === OFFLINE);
});

Deno.test("a body goes out as JSON and a token as a bearer", async () => {
  const { fetch, seen } = answering(200, '{"venue":"x"}');
  await request(Venue, "/x", { method: "POST", body: { a: 1 }, token: "t", fetch });
  assert.equal(seen[0]?.body, '{"a":1}');
  assert.deepEqual(seen[0]?.headers, {
    accept: "application/json",
    "content-type": "application/json",
    authorization: "Bearer t",
  });
});
