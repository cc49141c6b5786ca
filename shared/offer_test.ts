import assert from "node:assert/strict";
import { test } from "node:test";
import type { NegotiateBody } from "./negotiate.ts";
import { NOON } from "./rules/fixture.ts";
import { offerAfter } from "./offer.ts";

const HIDDEN = "8f3a9c1e-0b7d-4d2a-9c55-1f2e3d4c5b6a.local";
const line = (host: string, type = "host") => `candidate:1 1 udp 2122260223 ${host} 54321 typ ${type} generation 0`;
const candidate = (host: string, call = "call0001", type = "host"): NegotiateBody => ({
  kind: "candidate",
  call,
  candidate: line(host, type),
  mid: "0",
});

test("[RUL37] an offer by name, by address, or in the description itself", () => {
  assert.deepEqual(offerAfter(undefined, candidate(HIDDEN), NOON), { at: NOON, call: "call0001", name: HIDDEN });
  assert.deepEqual(offerAfter(undefined, candidate("192.168.1.21"), NOON), { at: NOON, call: "call0001" });
  const sdp = `v=0\r\na=${line(HIDDEN)}\r\na=ice-ufrag:abcd\r\n`;
  assert.equal(offerAfter(undefined, { kind: "answer", call: "call0001", sdp }, NOON)?.name, HIDDEN);
});

test("[RUL37] one address is enough to be found; the next attempt begins anew", () => {
  const hidden = offerAfter(undefined, candidate(HIDDEN), NOON);
  assert.equal(offerAfter(hidden, candidate("other.local"), NOON + 1)?.name, HIDDEN, "the first of an attempt");
  const open = offerAfter(hidden, candidate("192.168.1.21"), NOON + 2);
  assert.equal(open?.name, undefined);
  assert.equal(offerAfter(open, candidate(HIDDEN), NOON + 3), open);
  assert.equal(offerAfter(open, candidate(HIDDEN, "call0002"), NOON + 4)?.name, HIDDEN);
});

test("[RUL37] what is no offer of a host, cut off or hostile changes nothing", () => {
  const known = offerAfter(undefined, candidate(HIDDEN), NOON);
  const bodies: NegotiateBody[] = [
    { kind: "ask" },
    { kind: "cannot" },
    candidate("203.0.113.9", "call0002", "srflx"),
    candidate(`${"a".repeat(64)}.local`, "call0002"),
    candidate("_http._tcp.local", "call0002"),
    { kind: "candidate", call: "call0002", candidate: "candidate:1 1 udp", mid: "0" },
    { kind: "offer", call: "call0002", sdp: "v=0\r\n" },
  ];
  for (const body of bodies) assert.equal(offerAfter(known, body, NOON + 1), known, JSON.stringify(body));
});
