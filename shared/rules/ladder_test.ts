/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import {
  climb,
  gatewayHolds,
  isModemAlone,
  LADDER,
  networkAfter,
  type NetworkFact,
  type VerdictKind,
} from "./ladder.ts";
import { sayVerdict } from "./ladder_words.ts";
import type { NetworkRound } from "./network.ts";
import { fineRound, roundAt } from "./network_fixture.ts";

const THREE = [true, false, undefined] as const;
const how = "Measured";

/** Every round there can be, as far as the ladder looks at it. */
function* everyRound(): Generator<NetworkRound> {
  const fine = fineRound();
  for (const own of THREE) {
    for (const peers of THREE) {
      for (const gateway of THREE) {
        for (const knownMac of ["a4:2b:b0:00:00:01", "8e:1c:00:00:00:09", undefined]) {
          for (const by of ["port", "wire", undefined] as const) {
            for (const hop2 of THREE) {
              for (const internet of THREE) {
                for (const [router, system, portal] of NAMES) {
                  yield {
                    own: { ok: own, how },
                    peers: { ok: peers, how },
                    gateway: { ...fine.gateway, ok: gateway, by, knownMac },
                    hop2: { ok: hop2, how },
                    internet: { ok: internet, how },
                    dns: {
                      router: { ok: router, how },
                      public: { how },
                      system: { ok: system, how },
                      routerAnswered: knownMac === undefined,
                    },
                    portal: { ok: portal, how },
                  };
                }
              }
            }
          }
        }
      }
    }
  }
}
const NAMES = THREE.flatMap((router) =>
  THREE.flatMap((system) => THREE.map((portal) => [router, system, portal] as const))
);

const place = (kind: VerdictKind) => (LADDER as readonly VerdictKind[]).indexOf(kind);

Deno.test("[LAD1] [LAD2] every round has one verdict, each kind comes up, and nobody is accused past a dead parent", () => {
  const seen = new Map<VerdictKind, number>();
  for (const round of everyRound()) {
    const { kind, evidence } = climb(round);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    const told = JSON.stringify(round);
    assert.ok(kind === "unknown" || place(kind) >= 0, told);
    assert.ok(evidence.length > 0 && evidence.every((each) => each.endsWith(".")), told);

    const { own, peers, gateway, hop2, internet, dns, portal } = round;
    const routerDead = gateway.ok === false ||
      (gateway.knownMac === "8e:1c:00:00:00:09" && !(gateway.ok && gateway.by !== "wire"));
    const beyond = hop2.ok === true || internet.ok === true;
    const witnesses = beyond || peers.ok === true || (gateway.ok === true && !routerDead);
    if (own.ok === false && !witnesses) assert.equal(kind, "own-link", told);
    else if (routerDead) assert.ok(kind === "router-down" || kind === "lan-down", told);
    if (kind === "own-link") assert.ok(own.ok === false && !witnesses, told);
    if (kind === "lan-down" || kind === "router-down") assert.ok(routerDead, told);
    if (place(kind) >= place("modem-or-uplink")) assert.ok(!routerDead && (gateway.ok || beyond), told);
    if (kind === "modem-or-uplink") assert.ok(internet.ok === false && hop2.ok === false, told);
    if (kind === "provider") assert.ok(internet.ok === false && hop2.ok === true, told);
    if (kind === "dns") assert.ok(internet.ok === true && dns.router.ok === false, told);
    if (kind === "captive-portal") assert.ok(internet.ok !== undefined && portal.ok === false, told);
    if (kind === "fine") assert.ok(internet.ok && portal.ok && (dns.router.ok || dns.system.ok), told);
  }
  assert.deepEqual([...seen.keys()].sort(), [...LADDER, "unknown"].sort());
});

for (const kind of [...LADDER, "unknown"] as const) {
  Deno.test(`[LAD1] the row of ${kind} in the table`, () => {
    assert.equal(climb(roundAt(kind)).kind, kind);
    assert.match(sayVerdict(climb(roundAt(kind)), roundAt(kind)), /^[A-Z].*\.$/);
  });
}

Deno.test("[LAD3] one round changes nothing, a second that agrees does, and since is when the first of them was", () => {
  let network: NetworkFact | undefined;
  const after = (kind: VerdictKind, now: number) => (network = networkAfter(network, roundAt(kind), now)).verdict.kind;
  assert.equal(after("fine", 1_000), "unknown");
  assert.equal(after("fine", 6_000), "fine");
  assert.equal(after("provider", 11_000), "fine");
  assert.equal(after("modem-or-uplink", 16_000), "fine", "two that differ do not agree");
  assert.equal(after("modem-or-uplink", 21_000), "modem-or-uplink");
  assert.equal(network?.since, 16_000);
  assert.equal(after("fine", 26_000), "modem-or-uplink");
  assert.equal(network?.checkedAt, 26_000);
  assert.equal(after("modem-or-uplink", 31_000), "modem-or-uplink");
  assert.equal(after("unknown", 36_000), "modem-or-uplink");
  assert.equal(after("unknown", 41_000), "unknown");
});

Deno.test("[LAD4] a repeater that answers the wire for a dead router is not taken for it, a new router is", () => {
  const known = { mac: "8e:1c:00:00:00:09", knownMac: "a4:2b:b0:00:00:01", how };
  assert.equal(gatewayHolds({ ...known, ok: true, by: "wire" }), false);
  assert.equal(gatewayHolds({ ...known }), false);
  assert.equal(gatewayHolds({ ...known, ok: true, by: "port" }), true);
  assert.equal(gatewayHolds({ ...known, knownMac: undefined, ok: true, by: "wire" }), true);
  const round = { ...roundAt("router-down"), gateway: { ...known, ok: true, by: "wire" as const } };
  assert.equal(climb(round).kind, "router-down");
});

Deno.test("[LAD5] whether others answer tells a dead router from a dead network", () => {
  const round = roundAt("router-down");
  assert.equal(climb({ ...round, peers: { ok: false, how } }).kind, "lan-down");
  assert.equal(climb({ ...round, peers: { how } }).kind, "router-down");
  assert.equal(climb({ ...round, peers: { how }, own: { how } }).kind, "lan-down", "it may be the hub's own link");
});

Deno.test("[LAD6] only a private second hop that was once heard makes it the modem alone", () => {
  const silent = roundAt("modem-or-uplink");
  const usual = (address: string | undefined) => {
    const before = networkAfter(undefined, { ...fineRound(), hop2: { ok: address !== undefined, address, how } }, 0);
    return networkAfter(before, silent, 5_000);
  };
  assert.equal(isModemAlone(usual("192.168.100.1")), true);
  assert.equal(isModemAlone(usual("84.116.1.1")), false, "bridged: the second hop is the provider's");
  assert.equal(isModemAlone(usual("100.64.0.1")), false, "carrier-grade NAT: the provider's as well");
  assert.equal(isModemAlone(usual(undefined)), false, "it never answered");
  assert.match(sayVerdict(climb(silent), { hop2: { how } }), /modem or the internet provider/);
  assert.match(sayVerdict(climb(silent), { hop2: { how, usual: "10.0.0.1" } }), /the modem or its line/);
});

Deno.test("[LAD6] another router is another network: what was behind the old one is forgotten", () => {
  const before = networkAfter(undefined, fineRound(), 0);
  const gateway = { ...fineRound().gateway, address: "10.0.0.1" };
  const after = networkAfter(before, { ...roundAt("modem-or-uplink"), gateway }, 5_000);
  assert.equal(after.hop2.usual, undefined);
});

Deno.test("[LAD7] a router that never gave names is not accused while the system finds them, one that did is", () => {
  const round = fineRound();
  const silent: NetworkRound = { ...round, dns: { ...round.dns, router: { ok: false, how } } };
  assert.equal(climb(silent).kind, "fine");
  const before = networkAfter(undefined, round, 0);
  const after = networkAfter(before, silent, 5_000);
  assert.equal(after.last.kind, "dns");
  assert.equal(networkAfter(after, silent, 10_000).verdict.kind, "dns", "it is remembered for longer than a round");
});

Deno.test("[LAD8] a sign-in page that blocks all else is found, and nobody calls the provider", () => {
  const portal = { ok: false, how };
  assert.equal(climb({ ...roundAt("provider"), portal }).kind, "captive-portal");
  assert.equal(climb({ ...roundAt("modem-or-uplink"), portal }).kind, "captive-portal");
  assert.equal(climb({ ...roundAt("router-down"), portal }).kind, "router-down");
});
