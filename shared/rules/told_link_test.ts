/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { LinkReport } from "../heartbeat.ts";
import { NOON } from "./fixture.ts";
import { PROMPT_MS, toldLinks } from "./told_link.ts";

function link(since: number | undefined, path: LinkReport["path"] = "relay"): LinkReport {
  return {
    ...{ peer: "reg10000", path, rttMs: undefined, lossPercent: undefined, why: undefined },
    since: since === undefined ? undefined : new Date(since).toISOString(),
  };
}
const told = (before: Parameters<typeof toldLinks>[0], link: LinkReport, now = NOON, aheadMs = 0) =>
  toldLinks(before, [link], { now, aheadMs })[0]!;

Deno.test("[RUL36] a path is prompt when it was told as soon as it was so, by the register's own clock", () => {
  assert.equal(told([], link(NOON - PROMPT_MS)).prompt, true);
  assert.equal(told([], link(NOON - PROMPT_MS - 1)).prompt, false, "it could not tell the hub then");
  assert.equal(told([], link(NOON + 600_000 - 1_000), NOON, 600_000).prompt, true, "its clock is ahead");
  assert.equal(told([], link(undefined)).prompt, undefined);
});

Deno.test("[RUL36] what was prompt stays so while it is told again, and what was late stays late", () => {
  const prompt = told([], link(NOON));
  assert.equal(told([prompt], link(NOON), NOON + 60_000).prompt, true);
  const late = told([], link(NOON - 20_000));
  assert.equal(told([late], link(NOON - 20_000), NOON + 5_000).prompt, false);
  assert.equal(told([late], link(NOON, "direct"), NOON + 100).prompt, true, "another path");
});
