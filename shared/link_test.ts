import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BEAT_MS,
  DOUBT_MAX_MS,
  isBeatDue,
  isTryDue,
  type LinkEvent,
  type LinkState,
  newLink,
  quality,
  RETRY_FIRST_MS,
  RETRY_MAX_MS,
  SETTLED_MS,
  shown,
  STEADY_MS,
  step,
  switchBetween,
  TRUST_MS,
  TRY_WITHIN_MS,
} from "./link.ts";

const START = 10_000;
type Step = LinkEvent | number; // a number: that many ms go by, then a tick

/** A link after `steps`, with the moment and all that was shown on the way. */
function run(steps: readonly Step[], dice = 0) {
  let now = START;
  let link = newLink(now);
  const switches: string[] = [];
  for (const each of steps) {
    if (typeof each === "number") now += each;
    const next = step(link, typeof each === "number" ? { kind: "tick" } : each, now, dice);
    const change = switchBetween(link, next);
    if (change) switches.push(`${change.from}>${change.to} ${change.why} @${change.at - START}`);
    link = next;
  }
  return { link, now, switches };
}

const [attempt, met, opened, beat] = (["attempt", "met", "opened", "beat"] as const).map((kind) => ({ kind }));
const echo = (n: number): LinkEvent => ({ kind: "echo", n });
const failed = (why: "closed" | "no-route"): LinkEvent => ({ kind: "failed", why });
const OPEN: Step[] = [attempt!, met!, opened!];
const DIRECT: Step[] = [...OPEN, beat!, 10, echo(1)];
/** Beats asked and answered for `ms`. */
const answering = (ms: number, from: number): Step[] =>
  Array.from({ length: Math.ceil(ms / BEAT_MS) }, (_, i) => [BEAT_MS, beat!, echo(from + i)]).flat();

function at({ link }: { link: LinkState }): string {
  const { path } = link;
  return path.kind === "relay" ? `relay: ${path.why}` : path.kind;
}

const STEPS: readonly (readonly [name: string, steps: readonly Step[], end: string])[] = [
  ["[LNK1] begins on the relay", [], "relay: not-tried"],
  ["[LNK5] an attempt is still relay", [attempt!], "trying"],
  ["[LNK5] an attempt goes on for as long as it may", [attempt!, TRY_WITHIN_MS], "trying"],
  ["[LNK5] an attempt that nobody answered", [attempt!, TRY_WITHIN_MS + 1], "relay: no-answer"],
  ["[LNK5] an attempt that was answered and did not open", [attempt!, met!, TRY_WITHIN_MS + 1], "relay: no-route"],
  ["[LNK5] an attempt that failed by itself", [attempt!, failed("closed")], "relay: closed"],
  ["[LNK4] an open channel has to answer first", [...OPEN, beat!, 100], "proving"],
  ["[LNK4] a first link counts with its first answer", DIRECT, "direct"],
  ["[LNK4] an answer to what was not asked counts for nothing", [...OPEN, beat!, echo(7)], "proving"],
  ["[LNK4] an open without an attempt counts for nothing", [opened!], "relay: not-tried"],
  ["[LNK3] two missed beats are borne", [...DIRECT, beat!, TRUST_MS], "direct"],
  ["[LNK3] after that it is in doubt", [...DIRECT, beat!, TRUST_MS + 1], "doubt"],
  ["[LNK3] an open channel that never answers is in doubt, too", [...OPEN, beat!, TRUST_MS + 1], "doubt"],
  ["[LNK3] doubt lasts", [...DIRECT, TRUST_MS + 1, DOUBT_MAX_MS], "doubt"],
  ["[LNK3] and ends", [...DIRECT, TRUST_MS + 1, DOUBT_MAX_MS + 1], "relay: quiet"],
  ["[LNK3] an answer in doubt begins to prove it", [...DIRECT, beat!, TRUST_MS + 1, echo(2)], "proving"],
  ["[LNK4] one answer after doubt is not enough", [...DIRECT, beat!, TRUST_MS + 1, echo(2), STEADY_MS - 1], "proving"],
  ["[LNK4] steady after doubt", [...DIRECT, beat!, TRUST_MS + 1, echo(2), ...answering(STEADY_MS, 3)], "direct"],
  [
    "[LNK4] a link that failed before must be steady",
    [...DIRECT, failed("closed"), ...OPEN, beat!, echo(2)],
    "proving",
  ],
  [
    "[LNK4] and then counts",
    [...DIRECT, failed("closed"), ...OPEN, beat!, echo(2), ...answering(STEADY_MS, 3)],
    "direct",
  ],
  ["[LNK4] and so must one that was begun anew", [...DIRECT, ...OPEN, beat!, echo(2)], "proving"],
  ["[LNK14] sleep is not silence", [...DIRECT, beat!, { kind: "slept" }, TRUST_MS], "direct"],
  ["[LNK14] but silence after it is", [...DIRECT, beat!, { kind: "slept" }, TRUST_MS + 1], "doubt"],
  ["[LNK1] a peer that comes does not touch a direct link", [...DIRECT, { kind: "here" }], "direct"],
];
for (const [name, steps, end] of STEPS) test(name, () => assert.equal(at(run(steps)), end));

test("[LNK6] each switch of what is shown is recorded with moment and reason, and nothing else is", () => {
  const { switches } = run([
    ...DIRECT,
    beat!,
    TRUST_MS + 1,
    DOUBT_MAX_MS + 1,
    ...OPEN,
    beat!,
    echo(3),
    ...answering(STEADY_MS, 4),
  ]);
  assert.deepEqual(switches, [
    "relay>direct proven @10",
    "direct>doubt missed-beats @5011",
    "doubt>relay quiet @15012",
    "relay>direct steady @21012",
  ]);
});

test("[LNK6] a link that is begun anew while it is open was replaced", () => {
  assert.deepEqual(run([...DIRECT, attempt!]).switches.at(-1), "direct>relay replaced @10");
});

test("[LNK5] waits double from 2 s to one minute, and chance decides between half and the whole", () => {
  const waits = [0, 1].map((dice) => {
    let link = newLink(START);
    return Array.from({ length: 8 }, () => {
      link = step(link, failed("no-route"), START, dice);
      return link.path.kind === "relay" ? link.path.retryAt - START : 0;
    });
  });
  assert.deepEqual(waits[1], [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  assert.deepEqual(waits[0], waits[1]!.map((wait) => wait / 2));
  assert.deepEqual([waits[1]![0], waits[1]!.at(-1)], [RETRY_FIRST_MS, RETRY_MAX_MS]);
});

test("[LNK5] a peer that has just come is tried at once, whatever the wait", () => {
  const { link, now } = run([failed("no-route"), failed("no-route"), failed("no-route"), failed("no-route")], 1);
  assert.equal(isTryDue(link, now + 1_000), false);
  assert.equal(isTryDue(step(link, { kind: "here" }, now, 1), now + 1_000), true);
});

test("[LNK5] a link that was direct for a minute has its failures forgotten", () => {
  const steady = run([failed("closed"), ...OPEN, ...answering(STEADY_MS + BEAT_MS, 1)]);
  assert.deepEqual([at(steady), steady.link.failures], ["direct", 1]);
  const settled = run([failed("closed"), ...OPEN, ...answering(STEADY_MS + BEAT_MS + SETTLED_MS, 1)]);
  assert.deepEqual([at(settled), settled.link.failures], ["direct", 0]);
});

test("[LNK3] beats are due every 2 s while a channel is open, and only then", () => {
  const idle = run([]);
  const open = run([...OPEN, beat!]);
  assert.deepEqual([isBeatDue(idle.link, idle.now), isBeatDue(open.link, open.now)], [false, false]);
  assert.equal(isBeatDue(open.link, open.now + BEAT_MS), true);
});

test("[LNK7] the round trip is the median of the last five answers, and loss is counted over the last 24 beats", () => {
  const asked = [900, 5, 6, 4, 300, 7].flatMap((rtt, i): Step[] => [beat!, rtt, echo(i + 1)]);
  const { link, now } = run([...OPEN, ...asked]);
  assert.deepEqual(quality(link, now), { rttMs: 6, lossPercent: 0 });
  const lossy = run([
    ...OPEN,
    beat!,
    beat!,
    ...Array.from({ length: 22 }, (_, i): Step[] => [beat!, 1, echo(i + 3)]).flat(),
  ]);
  assert.equal(quality(lossy.link, lossy.now).lossPercent, 0, "what is not due yet is not lost");
  assert.equal(Math.round(quality(lossy.link, lossy.now + TRUST_MS).lossPercent!), 8);
  const later = run([...OPEN, beat!, ...Array.from({ length: 24 }, (_, i): Step[] => [beat!, 1, echo(i + 2)]).flat()]);
  assert.equal(quality(later.link, later.now + TRUST_MS).lossPercent, 0);
  assert.deepEqual(quality(newLink(START), START), { rttMs: undefined, lossPercent: undefined });
});

test("[LNK1] all but direct and doubt is shown as relay", () => {
  assert.deepEqual([[], [attempt!], OPEN, DIRECT].map((steps) => shown(run(steps).link)), [
    "relay",
    "relay",
    "relay",
    "direct",
  ]);
});
