/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { addressToAsk } from "./askable.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { healthyFacts, HUB_ADDRESS, NOON, withRegister } from "./fixture.ts";

function asked(change: Partial<RegisterFacts> = {}, facts: Facts = healthyFacts()): string | undefined {
  const all = withRegister(facts, 0, { heardAt: NOON - 20_000, network: undefined, ...change });
  return addressToAsk(all.registers[0]!, all);
}

Deno.test("[CAU21] a register that went quiet is asked at the address its messages came from", () => {
  assert.equal(asked(), "192.168.1.21");
  assert.equal(asked({ sourceAddress: "::ffff:192.168.1.21" }), "192.168.1.21");
  assert.equal(asked({ heardAt: NOON }), undefined, "heard");
  assert.equal(asked({ heardAt: undefined }), undefined, "never heard");
});

Deno.test("[CAU21] an address that is not its own in the hub's network is never asked", () => {
  const never: Partial<RegisterFacts>[] = [
    { sourceAddress: undefined },
    { sourceAddress: "127.0.0.1" },
    { sourceAddress: HUB_ADDRESS },
    { sourceAddress: "192.168.1.1" }, // the router, which translates for somebody behind it
    { sourceAddress: "192.168.1.22" }, // another register's as well
    { sourceAddress: "203.0.113.9" },
    { sourceAddress: "169.254.7.7" },
    { sourceAddress: "fd00::21" },
    { sourceAddress: "a proxy" },
    { network: { ...healthyFacts().registers[0]!.network!, address: "10.0.0.5" } },
  ];
  for (const change of never) assert.equal(asked(change), undefined, JSON.stringify(change));
});
