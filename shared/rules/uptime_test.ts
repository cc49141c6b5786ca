/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Incident } from "./incident.ts";
import { common, lengthOf, merged, type Span, without } from "./spans.ts";
import { BEHIND_CODES, DOWN_CODES, downSpans, type Frame, UPTIME_CODES, uptimeOf } from "./uptime.ts";

const DAY: Frame = {
  span: { from: 0, until: 1_000 },
  watched: [{ from: 0, until: 1_000 }],
  maintenance: [],
  closed: [],
};
const BAR = { subject: "bar", codes: DOWN_CODES.register };

function incident(more: Partial<Incident>): Incident {
  return {
    ...{ id: "i1", code: "register-silent", subject: "bar", severity: "fail", strength: "A", title: "", text: "" },
    ...{ evidence: [], runbook: [], since: 0, openedAt: 0, changedAt: 0 },
    ...more,
  };
}

Deno.test("[INC21] down is from when it began to when it was really over", () => {
  const { percent, downMs, falls, watchedMs } = uptimeOf(
    BAR,
    [incident({ since: 100, endedAt: 200, resolvedAt: 250 })],
    DAY,
  );
  assert.deepEqual([percent, downMs, falls, watchedMs], [90, 100, 1, 1_000]);
});

Deno.test("[INC21] late is not down, an open incident is down until now, and others are not one's own", () => {
  assert.equal(uptimeOf(BAR, [incident({ severity: "warn", since: 100, resolvedAt: 300 })], DAY).downMs, 0);
  assert.equal(
    uptimeOf(BAR, [incident({ severity: "warn", worst: "fail", since: 100, resolvedAt: 300 })], DAY).downMs,
    200,
  );
  assert.equal(uptimeOf(BAR, [incident({ since: 900 })], DAY).downMs, 100);
  assert.equal(uptimeOf(BAR, [incident({ subject: "till", since: 100, resolvedAt: 200 })], DAY).downMs, 0);
  assert.equal(uptimeOf(BAR, [incident({ code: "signal-weak", since: 100, resolvedAt: 200 })], DAY).downMs, 0);
});

Deno.test("[INC21] of what came and went only the spells count", () => {
  const spells = [{ since: 100, until: 110 }, { since: 200, until: 210 }, { since: 300 }];
  const flapping = incident({ since: 100, endedAt: 320, resolvedAt: 600, unstable: { falls: 5, since: 50, spells } });
  assert.deepEqual(downSpans(flapping, 1_000).map(({ from, until }) => until - from), [10, 10, 20]);
  assert.equal(uptimeOf(BAR, [flapping], DAY).falls, 3);
});

Deno.test("[INC22] the hub's gaps, closed hours and time before it was enrolled are not counted either way", () => {
  const down = incident({ since: 100, endedAt: 500, resolvedAt: 500 });
  const frame = {
    ...DAY,
    watched: [{ from: 0, until: 200 }, { from: 400, until: 1_000 }],
    closed: [{ from: 450, until: 600 }],
  };
  const uptime = uptimeOf({ ...BAR, since: 50 }, [down], frame);
  assert.deepEqual([uptime.watchedMs, uptime.downMs, uptime.gapMs, uptime.closedMs], [600, 150, 200, 150]);
});

Deno.test("[INC22] maintenance is told beside, with what was down in it", () => {
  const down = incident({ since: 100, endedAt: 300, resolvedAt: 300 });
  const { percent, maintenanceMs, maintenanceDownMs, watchedMs } = uptimeOf(BAR, [down], {
    ...DAY,
    maintenance: [{ from: 100, until: 300 }],
  });
  assert.deepEqual([percent, maintenanceMs, maintenanceDownMs, watchedMs], [100, 200, 200, 800]);
});

Deno.test("[INC22] a register behind a router that is down is neither up nor down", () => {
  const effects = [{ code: "register-silent", subject: "bar", name: "Bar", since: 110 }];
  const router = incident({
    code: "router-down",
    subject: "router",
    since: 100,
    endedAt: 290,
    resolvedAt: 300,
    effects,
  });
  const own = incident({ since: 110, endedAt: 400, resolvedAt: 420 });
  const uptime = uptimeOf(BAR, [router, own], DAY);
  assert.deepEqual([uptime.behindMs, uptime.downMs, uptime.watchedMs], [190, 100, 810]);
  assert.equal(uptimeOf({ codes: DOWN_CODES.router }, [router, own], DAY).downMs, 190);
});

Deno.test("[INC21] what was never watched has no percentage", () => {
  assert.equal(uptimeOf(BAR, [], { ...DAY, watched: [] }).percent, undefined);
});

Deno.test("[INC21] every second belongs to exactly one thing, whatever overlaps", () => {
  let state = 7;
  const random = (most: number) => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return Math.floor(state / 2 ** 32 * most);
  };
  const spans = (): Span[] =>
    Array.from({ length: random(5) }, () => {
      const from = random(1_000);
      return { from, until: from + random(300) };
    });
  for (let round = 0; round < 200; round++) {
    const [watched, maintenance, closed] = [spans(), spans(), spans()];
    const effects = spans().slice(0, 1).map(({ from, until }) => (
      { code: "register-silent", subject: "bar", name: "Bar", since: from, until }
    ));
    const incidents = [
      ...spans().map(({ from, until }) => incident({ since: from, endedAt: until, resolvedAt: until })),
      incident({ code: "router-down", subject: "router", effects, resolvedAt: 1_000 }),
    ];
    const uptime = uptimeOf(BAR, incidents, { ...DAY, watched, maintenance, closed });
    const { watchedMs, behindMs, gapMs, maintenanceMs, closedMs, downMs, percent } = uptime;
    assert.equal(watchedMs + behindMs + gapMs + maintenanceMs + closedMs, 1_000, `round ${round}`);
    assert.ok(downMs <= watchedMs && (percent === undefined || (percent >= 0 && percent <= 100)), `round ${round}`);
  }
});

Deno.test("[INC21] stretches are laid over one another exactly", () => {
  const a = [{ from: 0, until: 10 }, { from: 5, until: 20 }, { from: 30, until: 30 }];
  assert.deepEqual(merged(a), [{ from: 0, until: 20 }]);
  assert.deepEqual(without(a, [{ from: 3, until: 4 }, { from: 19, until: 50 }]), [{ from: 0, until: 3 }, {
    from: 4,
    until: 19,
  }]);
  assert.deepEqual(common(a, [{ from: -5, until: 1 }, { from: 15, until: 99 }]), [{ from: 0, until: 1 }, {
    from: 15,
    until: 20,
  }]);
  assert.equal(lengthOf(a), 20);
});

Deno.test("[INC21] of what came and went a spell in which it was only late is not down", () => {
  const spells = [{ since: 100, until: 200, worst: "fail" as const }, {
    since: 300,
    until: 400,
    worst: "warn" as const,
  }];
  const flapping = incident({ since: 100, endedAt: 400, resolvedAt: 600, unstable: { falls: 5, since: 50, spells } });
  assert.equal(uptimeOf(BAR, [flapping], DAY).downMs, 100);
});

Deno.test("[INC21] an internet without names is down, and one kind of down that hangs under another is down, too", () => {
  const effects = [{ code: "dns-down", subject: "router", name: "The router", since: 150, until: 400 }];
  const all = [
    incident({ id: "i1", code: "dns-down", subject: "router", since: 100, endedAt: 400, resolvedAt: 400 }),
    incident({ id: "i2", code: "modem-down", subject: "venue", since: 150, endedAt: 300, resolvedAt: 300, effects }),
  ];
  const { downMs, behindMs } = uptimeOf({ codes: DOWN_CODES.internet, behind: BEHIND_CODES.internet }, all, DAY);
  assert.deepEqual([downMs, behindMs], [300, 0]);
});

Deno.test("[INC22] what stands behind something that is down is not known: registers of an access point, the internet", () => {
  const effects = [{ code: "register-silent", subject: "bar", name: "Bar", since: 110, until: 190 }];
  const point = incident({ code: "access-point-down", subject: "ap-1", since: 100, endedAt: 200, effects });
  const cable = incident({ code: "hub-link-down", subject: "hub", since: 300, endedAt: 350, resolvedAt: 360 });
  const router = incident({ code: "router-down", subject: "router", since: 400, endedAt: 500, resolvedAt: 510 });
  const all = [point, cable, router];
  assert.ok(all.every(({ code }) => UPTIME_CODES.includes(code)), "what is not loaded does not count");
  assert.equal(uptimeOf(BAR, all, DAY).behindMs, 80);
  const behind = (layer: "router" | "internet") =>
    uptimeOf({ codes: DOWN_CODES[layer], behind: BEHIND_CODES[layer] }, all, DAY).behindMs;
  assert.deepEqual([behind("router"), behind("internet")], [50, 150]);
});
