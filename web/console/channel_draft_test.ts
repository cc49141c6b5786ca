/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { ChannelView } from "../../shared/notice_api.ts";
import { draftOf, keeping, NEW_CHANNEL, requestOf } from "./channel_draft.ts";

const VIEW = ChannelView.parse({
  ...{ id: "c1", kind: "ntfy", name: "Ana", on: true, severities: ["warn", "fail"], when: "opening-hours" },
  ...{ target: "ntfy.sh/…0P1C", hasSecret: true, mail: null, state: "ok", said: "", waiting: 0 },
  ...{ sentAt: null, nextTryAt: null },
});

Deno.test("[NTC15] a known channel that is not changed is sent without its address and key, so that they stay", () => {
  assert.deepEqual(keeping(VIEW), {
    ...{ id: "c1", kind: "ntfy", name: "Ana", on: true, severities: ["warn", "fail"], when: "opening-hours" },
  });
  assert.deepEqual(requestOf({ ...draftOf(VIEW), secret: "tk_2" }), { request: { ...keeping(VIEW), secret: "tk_2" } });
});

Deno.test("[NTC15] a new channel needs a name and an address, each told at its field", () => {
  const outcome = requestOf(NEW_CHANNEL);
  assert.ok("troubles" in outcome);
  assert.deepEqual(outcome.troubles, { name: "A channel needs a name", url: "Enter the address to send to." });
  const wrong = requestOf({ ...NEW_CHANNEL, name: "Ana", url: "https://me:pw@ntfy.sh/x" });
  assert.match("troubles" in wrong ? wrong.troubles["url"]! : "", /no name and password/);
});

Deno.test("a mail channel has its recipients one by one", () => {
  const mail = { ...NEW_CHANNEL, kind: "email" as const, name: "Mail", host: "mx.example.com", from: "a@example.com" };
  const outcome = requestOf({ ...mail, to: "b@example.com, c@example.com;" });
  assert.ok("request" in outcome && outcome.request.kind === "email");
  assert.deepEqual(outcome.request.to, ["b@example.com", "c@example.com"]);
  const wrong = requestOf({ ...mail, to: "b", port: "x" });
  assert.deepEqual("troubles" in wrong && Object.keys(wrong.troubles).sort(), ["port", "to"]);
});
