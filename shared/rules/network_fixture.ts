/** Rounds of probes as they come out when the network is whole, or broken in one place, for tests. */
import { climb, networkAfter, type NetworkFact, type VerdictKind } from "./ladder.ts";
import type { NetworkRound, OwnLink } from "./network.ts";

/** The router is alone between the network and the provider: the modem is bridged. */
export function fineRound(): NetworkRound {
  return {
    own: { ok: true, name: "eth0", medium: "wired", address: "192.168.1.10", how: "The hub's cable eth0 is connected" },
    peers: { how: "Others on the network were not asked: the router answers" },
    gateway: {
      ok: true,
      by: "port",
      address: "192.168.1.1",
      mac: "a4:2b:b0:00:00:01",
      rttMs: 1,
      how: "The router 192.168.1.1: TCP 443 refused in 1 ms",
    },
    hop2: { ok: true, address: "84.116.1.1", how: "Behind the router 84.116.1.1 answers" },
    internet: { ok: true, rttMs: 12, how: "The internet answers (1.1.1.1:443, open)" },
    dns: {
      router: { ok: true, how: "The router's name server (192.168.1.1) finds example.com" },
      public: { ok: true, how: "A public name server (9.9.9.9) finds example.com" },
      system: { ok: true, how: "This hub's own system finds example.com" },
    },
    portal: { ok: true, how: "The 204 page answers 204, as it should" },
  };
}

const DEAD = { ok: false, how: "Silent" };
const NOT_ASKED = { how: "Not asked" };
const BEYOND_ROUTER = {
  hop2: DEAD,
  internet: DEAD,
  dns: { router: DEAD, public: DEAD, system: DEAD },
  portal: NOT_ASKED,
};
const NO_ROUTER = { gateway: { ...DEAD, address: "192.168.1.1" }, ...BEYOND_ROUTER };

/** What a round finds when the network is broken there. */
const BROKEN: Readonly<Record<VerdictKind, Partial<NetworkRound>>> = {
  "own-link": {
    ...NO_ROUTER,
    own: { ok: false, name: "eth0", how: "The hub's cable eth0 has no connection" },
    peers: DEAD,
  },
  "lan-down": { ...NO_ROUTER, peers: DEAD },
  "router-down": { ...NO_ROUTER, peers: { ok: true, how: "192.168.1.21 on the same network answers" } },
  "modem-or-uplink": BEYOND_ROUTER,
  "provider": { ...BEYOND_ROUTER, hop2: fineRound().hop2 },
  "dns": {
    dns: { router: DEAD, public: fineRound().dns.public, system: { ok: false, how: "It finds nothing" } },
    portal: NOT_ASKED,
  },
  "captive-portal": {
    portal: { ok: false, location: "http://wifi.example.com/login", how: "Somebody else answered: 302" },
  },
  "fine": {},
  "unknown": { own: NOT_ASKED, gateway: NOT_ASKED, ...BEYOND_ROUTER },
};

export function roundAt(kind: VerdictKind): NetworkRound {
  const round = { ...fineRound(), ...BROKEN[kind] };
  const found = climb(round).kind;
  if (found !== kind) throw new Error(`This round is ${found}, expected ${kind}`);
  return round;
}

/** What is known after a whole minute of `kind`, the network having been fine before. */
export function networkAt(kind: VerdictKind, now: number, own: Partial<OwnLink> = {}): NetworkFact {
  const round = roundAt(kind);
  const rounds = [fineRound(), round, { ...round, own: { ...round.own, ...own } }];
  const minute = [now - 65_000, now - 60_000, now];
  return rounds.reduce<NetworkFact | undefined>((known, each, i) => networkAfter(known, each, minute[i]!), undefined)!;
}

export function fineNetwork(now: number): NetworkFact {
  return networkAt("fine", now);
}
