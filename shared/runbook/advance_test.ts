import assert from "node:assert/strict";
import { advance, answer, begin } from "./advance.ts";
import { Walk } from "./fixture.ts";
import { RUNBOOK_KINDS } from "./kind.ts";
import { tell } from "./told.ts";

const HIDDEN = { state: { foreground: false } };
const GUEST = { network: { ssid: "Guest" } };
const TERRACE = 2;

/** What became of each step, by its id. */
function marks(walk: Walk): Record<string, string> {
  return Object.fromEntries(walk.going.steps.map(({ id, state }) => [id, state.kind]));
}

Deno.test("[RBK1] a runbook begins only about what it can be about, with one step to do", () => {
  const walk = new Walk().let(TERRACE, HIDDEN).seconds(40);
  assert.equal(begin("app-hidden", "nobody00", walk.facts, "x"), undefined);
  assert.equal(begin("check-not-found", walk.id(0), walk.facts, "x"), undefined);
  for (const kind of RUNBOOK_KINDS) {
    const subject = [walk.id(TERRACE), "venue", "router"].find((each) => begin(kind, each, walk.facts, "x"));
    const run = begin(kind, subject!, walk.facts, "x")!;
    const now = run.steps.filter(({ state }) => state.kind === "now").length;
    assert.equal(now, run.goodSince === undefined ? 1 : 0, kind);
    assert.equal(new Set(run.steps.map(({ id }) => id)).size, run.steps.length, kind);
  }
});

Deno.test("[RBK2] a step is ticked by what is measured, with the evidence and the instant", () => {
  const walk = new Walk().let(TERRACE, HIDDEN).seconds(40).begin("app-hidden", "reg20000");
  assert.match(walk.current!.text, /Go to Terrace/);
  assert.equal(tell(walk.going, walk.facts).steps[0]!.said, "Terrace is in the background.");
  walk.seconds(30);
  assert.equal(walk.current!.id, "front");
  walk.let(TERRACE, undefined).seconds(5);
  const at = walk.facts.now;
  assert.deepEqual(walk.step("front").state, {
    ...{ kind: "done", at, by: "hub", evidence: "Terrace is back in front.", already: false },
  });
});

Deno.test("[RBK3] what is so already is ticked at once, and is never told to have fixed it", () => {
  const walk = new Walk().let(TERRACE, GUEST).seconds(10).begin("check-not-found");
  const { state } = walk.step("front");
  assert.ok(state.kind === "done" && state.already);
  assert.equal(walk.current!.id, "wifi");
  walk.let(TERRACE, undefined).seconds(20);
  assert.ok(walk.going.end?.kind === "fixed");
  assert.equal(walk.going.end.step, "wifi");
});

Deno.test("[RBK4] what is to happen counts only when it was seen: a router restarted, an app opened again", () => {
  const walk = new Walk();
  for (const n of [0, 1, TERRACE]) walk.let(n, null);
  walk.seconds(60).begin("register-silent", "reg20000");
  assert.equal(walk.current!.id, "router");
  walk.seconds(60);
  assert.equal(walk.current!.id, "router", "it answers, and was not off");
  walk.router(false).seconds(5).router(true).seconds(5);
  const { state } = walk.step("router");
  assert.ok(state.kind === "done" && state.evidence.startsWith("The router answers again"));

  const app = new Walk().let(TERRACE, GUEST).seconds(10).begin("registers-disconnected");
  for (const id of ["wifi", "updates-reg20000", "list"]) if (app.current!.id === id) app.says("skipped");
  assert.equal(app.current!.id, "reopen-reg20000");
  app.seconds(20);
  assert.equal(app.current!.id, "reopen-reg20000", "it is heard, and was not away");
  app.let(TERRACE, null).seconds(20).let(TERRACE, GUEST).seconds(5);
  assert.equal(app.step("reopen-reg20000").state.kind, "done");
});

Deno.test("[RBK4] a session that began because the hub started proves nothing about the app", () => {
  const walk = new Walk().let(TERRACE, GUEST).seconds(10).begin("registers-disconnected");
  while (walk.current!.id !== "reopen-reg20000") walk.says("skipped");
  const since = walk.facts.now;
  walk.facts = { ...walk.facts, hub: { ...walk.facts.hub, startedAt: since + 1_000 } };
  walk.change(TERRACE, { session: { openSince: since + 3_000 } }).seconds(10);
  assert.equal(walk.step("reopen-reg20000").state.kind, "now");
  walk.change(TERRACE, { session: { openSince: since + 65_000 } }).seconds(60);
  assert.equal(walk.step("reopen-reg20000").state.kind, "done");
});

Deno.test("[RBK6] what cannot help is passed over with the reason: a router that serves others, registers that are fine", () => {
  const walk = new Walk().let(TERRACE, null).seconds(60).begin("register-silent", "reg20000");
  assert.equal(walk.current!.id, "front");
  const { state } = walk.step("router");
  assert.ok(state.kind === "skipped");
  assert.equal(state.why, "The router answers and Bar and Till 1 are heard, so a restart would not help.");
  assert.equal(walk.step("router-back").state.kind, "skipped");

  const all = new Walk().let(TERRACE, GUEST).seconds(10).begin("registers-disconnected");
  while (all.current!.id !== "again-reg20000") all.says("skipped");
  const bar = all.step("again-reg00000").state;
  assert.ok(bar.kind === "skipped" && bar.why === "Bar is heard and in sync.");
});

Deno.test("[RBK6] where nothing tells which register is to blame, each is gone through", () => {
  const walk = new Walk().seconds(10).begin("check-not-found");
  assert.equal(walk.current!.id, "quit-reg00000");
  assert.deepEqual(walk.going.steps.filter(({ state }) => state.kind === "skipped"), []);
});

Deno.test("[RBK7] a register whose last word was that it is hidden: straight to bringing the app to the front", () => {
  const walk = new Walk();
  for (const n of [0, 1]) walk.let(n, null);
  walk.let(TERRACE, HIDDEN).seconds(10).let(TERRACE, null).seconds(60).begin("register-silent", "reg20000");
  const { state } = walk.step("router");
  assert.ok(state.kind === "skipped" && /app went to the background/.test(state.why));
  assert.equal(walk.current!.id, "front");
  walk.says("skipped");
  assert.equal(walk.current!.id, "reopen", "its Wi-Fi is not to blame");
});

Deno.test("[RBK8] registers one by one, about a minute apart", () => {
  const walk = new Walk().seconds(10).begin("check-not-found");
  while (walk.current!.id.startsWith("quit-")) walk.says();
  const order = walk.going.steps.map(({ id }) => id).filter((id) => /open-/.test(id));
  assert.deepEqual(order, [
    ...["open-reg00000", "pause-open-reg00000", "open-reg10000", "pause-open-reg10000", "open-reg20000"],
  ]);
  assert.equal(walk.current!.id, "pause-open-reg00000", "Bar is heard already");
  walk.seconds(55);
  assert.equal(walk.current!.id, "pause-open-reg00000");
  assert.equal(tell(walk.going, walk.facts).steps.find(({ state }) => state === "now")!.said, "5 s to go.");
  walk.seconds(5);
  assert.equal(walk.current!.id, "pause-open-reg10000");
});

Deno.test("[RBK8] after a register that was passed over nobody waits", () => {
  const walk = new Walk().let(1, null).let(TERRACE, null).seconds(60).begin("registers-disconnected");
  while (!walk.current!.id.startsWith("reopen-")) walk.says("skipped");
  walk.says("skipped");
  assert.equal(walk.step("pause-reopen-reg10000").state.kind, "skipped");
  assert.equal(walk.current!.id, "reopen-reg20000");
});

Deno.test("[RBK9] it ends by saying what fixed it, once it has held for two heartbeats", () => {
  const walk = new Walk().let(TERRACE, GUEST).seconds(10).begin("other-network", "reg20000");
  assert.match(walk.current!.text, /choose “Shop”, as the others/);
  walk.let(TERRACE, undefined).seconds(5);
  assert.equal(tell(walk.going, walk.facts).end, null, "one heartbeat is not enough");
  assert.deepEqual(marks(walk), { "wifi": "done", "forget": "later", "second-router": "later" });
  walk.seconds(10);
  const { end } = walk.going;
  assert.ok(end?.kind === "fixed" && end.step === "wifi");
  assert.match(end.text, /choose “Shop”/);
});

Deno.test("[RBK9] what ended before anybody did anything ended by itself", () => {
  const walk = new Walk().let(TERRACE, HIDDEN).seconds(40).begin("app-hidden", "reg20000");
  walk.run = { ...walk.going, steps: walk.going.steps.map((step) => ({ ...step, state: { kind: "later" } as const })) };
  walk.let(TERRACE, undefined).seconds(15);
  const { end } = walk.going;
  assert.ok(end?.kind === "fixed");
  assert.equal(end.step, undefined);
  assert.match(end.text, /by itself/);
});

Deno.test("[RBK9] what was done gets a minute to work before the step after it is believed", () => {
  const fixedAfter = (seconds: number) => {
    const walk = new Walk().let(TERRACE, GUEST).seconds(10).begin("registers-disconnected");
    while (walk.current!.id !== "reopen-reg20000") walk.says("skipped");
    walk.says();
    assert.equal(walk.current!.id, "again-reg20000");
    walk.seconds(seconds).let(TERRACE, undefined).seconds(20);
    const { end } = walk.going;
    assert.ok(end?.kind === "fixed");
    return end.step;
  };
  assert.equal(fixedAfter(30), "reopen-reg20000");
  assert.equal(fixedAfter(90), "again-reg20000");
});

Deno.test("[RBK9] a step that is ticked by measurement counts for more than one that is ticked by word", () => {
  const walk = new Walk().let(TERRACE, null).seconds(60).begin("register-silent", "reg20000").says();
  assert.equal(walk.current!.id, "wifi");
  walk.seconds(30).let(TERRACE, undefined).seconds(20);
  const { end } = walk.going;
  assert.ok(end?.kind === "fixed" && end.step === "wifi");
  assert.equal(walk.step("reopen").state.kind, "later", "what comes after is neither done nor asked for");
});

Deno.test("[RBK9] a person who finds the check ends it", () => {
  const walk = new Walk().seconds(10).begin("check-not-found");
  while (walk.current!.id !== "there") walk.says();
  assert.ok(tell(walk.going, walk.facts).asks);
  walk.says();
  assert.equal(walk.going.end?.kind, "fixed");
});

Deno.test("[RBK10] past the last step it hands on: to the next runbook, and then to people", () => {
  const walk = new Walk().seconds(10).begin("check-not-found");
  while (!walk.going.end) walk.says("skipped");
  assert.deepEqual(tell(walk.going, walk.facts).end!.next, { kind: "registers-disconnected", subject: "venue" });
  const last = new Walk().let(TERRACE, GUEST).seconds(10).begin("registers-disconnected");
  while (last.current) last.says("skipped");
  last.seconds(70);
  assert.ok(last.going.end?.kind === "handed-on" && last.going.end.next === undefined);
  assert.match(last.going.end.text, /Call whoever looks after your network/);
});

Deno.test("[RBK11] a person can tick or pass over the step to do now, and no other", () => {
  const walk = new Walk().let(TERRACE, GUEST).seconds(10).begin("other-network", "reg20000");
  const early = answer(walk.going, "forget", "done", walk.facts);
  assert.deepEqual(early, { ok: false, reason: "not-now" });
  walk.says();
  const { state } = walk.step("wifi");
  assert.ok(state.kind === "done" && state.by === "person");
  assert.match(state.evidence, /not measured/);
  walk.says("skipped");
  assert.equal(walk.step("forget").state.kind, "skipped");
});

Deno.test("[RBK12] the article's order is kept: the router before the iPads are started again", () => {
  const walk = new Walk().let(TERRACE, GUEST).seconds(10).begin("registers-disconnected");
  const kinds = walk.going.steps.map(({ id }) => id.replace(/-reg.*/, "")).filter((id) => id !== "pause");
  assert.deepEqual([...new Set(kinds)].filter((id) => !id.startsWith("pause")), [
    ...["sync-on", "version", "wifi", "front", "updates", "list", "reopen", "again", "off", "router", "router-back"],
    ...["start", "list-again"],
  ]);
  const missing = new Walk().seconds(5).begin("check-not-found").going.steps.map(({ id }) => id.replace(/-reg.*/, ""));
  assert.deepEqual([...new Set(missing)], ["front", "wifi", "quit", "open", "pause-open", "list", "there"]);
});

Deno.test("[RBK13] a look that shows no effect in its time goes on by itself, and says how it stands", () => {
  const walk = new Walk().let(TERRACE, GUEST).seconds(10).begin("registers-disconnected");
  while (walk.current!.id !== "list") walk.says("skipped");
  walk.seconds(55);
  assert.equal(walk.current!.id, "list");
  walk.seconds(10);
  const { state } = walk.step("list");
  assert.ok(state.kind === "skipped");
  assert.equal(state.why, "No effect yet. Terrace is on another network.");
});

Deno.test("[RBK14] it stops when its register is no longer enrolled, and when nobody is at it", () => {
  const walk = new Walk().let(TERRACE, GUEST).seconds(10).begin("other-network", "reg20000");
  const left = { ...walk.facts, registers: walk.facts.registers.slice(0, 2) };
  assert.equal(advance(walk.going, left).end?.kind, "stopped");
  assert.equal(walk.seconds(2 * 60 * 60 - 20).going.end, undefined);
  assert.equal(walk.seconds(30).going.end?.kind, "stopped");
});

Deno.test("[RBK14] a step about another register that left is passed over", () => {
  const walk = new Walk().let(1, null).let(TERRACE, null).seconds(60).begin("registers-disconnected");
  while (walk.current!.id !== "reopen-reg10000") walk.says("skipped");
  walk.facts = { ...walk.facts, registers: walk.facts.registers.filter(({ id }) => id !== "reg10000") };
  walk.seconds(5);
  assert.equal(marks(walk)["reopen-reg10000"], "skipped");
});
