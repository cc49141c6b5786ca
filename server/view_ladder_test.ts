import assert from "node:assert/strict";
import { healthyFacts, NOON, withRegister } from "../shared/rules/fixture.ts";
import { LADDER, type VerdictKind } from "../shared/rules/ladder.ts";
import { fineRound, networkAt, roundAt } from "../shared/rules/network_fixture.ts";
import { Health } from "./health.ts";
import { makeView, type ViewParts } from "./view.ts";

const PARTS = { stateOf: () => "ok", causeOf: () => null, behindOf: () => null, bars: new Map() };

function internetAt(kind: VerdictKind | undefined) {
  const facts = { ...healthyFacts(), network: kind && networkAt(kind, NOON) };
  const parts = { ...PARTS, facts, findings: [], incidents: [] } as unknown as ViewParts;
  return makeView(parts).internet;
}

const STATES: Readonly<Record<VerdictKind, string>> = {
  "own-link": "unknown",
  "lan-down": "unknown",
  "router-down": "unknown",
  "modem-or-uplink": "down",
  "provider": "down",
  "dns": "down",
  "captive-portal": "down",
  "fine": "ok",
  "unknown": "unknown",
};

for (const kind of [...LADDER, "unknown"] as const) {
  Deno.test(`[LAD12] at ${kind} the internet is ${STATES[kind]}`, () => {
    const { state, text, checkedAt, rttMs } = internetAt(kind);
    assert.equal(state, STATES[kind]);
    assert.match(text, /\.$/);
    assert.equal(checkedAt, new Date(NOON).toISOString());
    assert.equal(rttMs, kind === "fine" ? 12 : null);
  });
}

Deno.test("[LAD12] before the first round the internet is not measured", () => {
  assert.deepEqual(internetAt(undefined), {
    state: "unknown",
    text: "Not measured yet.",
    address: null,
    rttMs: null,
    checkedAt: null,
  });
});

Deno.test("a register that is silent is not connected, though its dead socket is still open", () => {
  const connectedAt = (heardAt: number) => {
    const facts = withRegister(healthyFacts(), 0, { session: { openSince: NOON - 3_600_000 }, heardAt });
    const parts = { ...PARTS, facts, findings: [], incidents: [] } as unknown as ViewParts;
    const [{ state, connected }] = makeView(parts).registers as unknown as [{ state: string; connected: boolean }];
    return [state, connected];
  };
  assert.deepEqual(connectedAt(NOON - 2_000), ["ok", true]);
  assert.deepEqual(connectedAt(NOON - 60_000), ["silent", false]);
});

Deno.test("[LAD11] the hub takes its registers as witnesses before its neighbours", () => {
  const health = new Health(NOON);
  const [bar] = healthyFacts().registers;
  health.add({ id: bar!.id, name: "Bar", letter: "A", enrolledAt: NOON });
  health.heartbeat(
    bar!.id,
    { sentAt: new Date(NOON).toISOString(), app: { version: "1" } } as never,
    { now: NOON, source: "192.168.1.21", configVersion: 1, held: {} },
  );
  const news = { router: { how: "" }, interfaces: [], macs: new Map(), diskFreeBytes: 5 };
  const venue = { name: "", configVersion: 1, sync: { enabled: true, openShifts: [] } };
  health.probed({ ...news, network: { ...roundAt("lan-down") } }, NOON + 2_000);
  assert.equal(health.facts(NOON + 2_000, venue, {}).network?.last.kind, "router-down");
  health.probed({ ...news, network: { ...roundAt("lan-down") } }, NOON + 20_000);
  assert.equal(health.facts(NOON + 20_000, venue, {}).network?.last.kind, "lan-down");
  health.probed({ ...news, network: fineRound() }, NOON + 25_000);
  health.probed(news, NOON + 30_000); // a hub without a ladder leaves it as it is
  const facts = health.facts(NOON + 30_000, venue, {});
  assert.deepEqual([facts.network?.checkedAt, facts.hub.diskFreeBytes], [NOON + 25_000, 5]);
});

Deno.test("[LAD3] a round that says something else than is held to be so is disputed, until another agrees", () => {
  const health = new Health(NOON);
  const news = { router: { how: "" }, interfaces: [], macs: new Map() };
  const told = (network: ReturnType<typeof fineRound>, at: number) => health.probed({ ...news, network }, NOON + at);
  assert.deepEqual([told(fineRound(), 0), told(fineRound(), 50)], ["disputed", "agreed"]);
  assert.deepEqual([told(roundAt("provider"), 5_000), told(fineRound(), 6_000)], ["disputed", "agreed"]);
});

Deno.test("the hub is cut off while its own way to the registers may be down, and as long as what waited may come in", () => {
  const health = new Health(NOON);
  const news = { router: { how: "" }, interfaces: [], macs: new Map() };
  const told = (kind: VerdictKind, at: number) => {
    for (const round of [0, 50]) health.probed({ ...news, network: roundAt(kind) }, NOON + at + round);
  };
  told("provider", 0);
  assert.equal(health.isCutOff(NOON + 1_000), false);
  told("own-link", 5_000);
  assert.equal(health.isCutOff(NOON + 60_000), true);
  told("provider", 60_000);
  assert.deepEqual([health.isCutOff(NOON + 75_000), health.isCutOff(NOON + 75_001)], [true, false]);
});
