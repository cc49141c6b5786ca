/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { type Address, inSubnet, isLinkLocal, isLoopback, parseAddress, plainAddress } from "./address.ts";

function read(text: string): Address {
  const address = parseAddress(text);
  assert.ok(address, `${text} is an address`);
  return address;
}

Deno.test("[RUL12] an IPv4 address in IPv6 form is the IPv4 address, dotted or in hex", () => {
  assert.deepEqual(read("::ffff:192.168.1.21"), read("192.168.1.21"));
  assert.deepEqual(read("::FFFF:c0a8:0115"), read("192.168.1.21"));
  assert.equal(plainAddress("::ffff:192.168.1.21"), "192.168.1.21");
});

Deno.test("[RUL12] loopback is told in every form", () => {
  for (const text of ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"]) assert.ok(isLoopback(read(text)), text);
  for (const text of ["128.0.0.1", "::2", "192.168.1.1"]) assert.ok(!isLoopback(read(text)), text);
});

Deno.test("[RUL11] a subnet holds its own addresses only", () => {
  assert.ok(inSubnet(read("192.168.1.254"), read("192.168.1.10"), 24));
  assert.ok(!inSubnet(read("192.168.2.1"), read("192.168.1.10"), 24));
  assert.ok(inSubnet(read("192.168.2.1"), read("192.168.3.10"), 23));
  assert.ok(inSubnet(read("2001:db8::5"), read("2001:db8:0:0:ffff::1"), 64));
  assert.ok(!inSubnet(read("2001:db8:0:1::5"), read("2001:db8::1"), 64));
  assert.ok(!inSubnet(read("192.168.1.1"), read("::1"), 0), "families never mix");
});

Deno.test("[RUL11] link-local addresses are told, with and without a zone", () => {
  assert.ok(isLinkLocal(read("fe80::1%eth0")));
  assert.ok(isLinkLocal(read("169.254.3.4")));
  assert.ok(!isLinkLocal(read("fd00::1")));
});

Deno.test("what is no address is not read as one", () => {
  const wrong = ["", "shop", "192.168.1", "192.168.1.256", "1:2:3", "::1::2", "1:2:3:4:5:6:7:8:9", "12345::", "::g"];
  for (const text of wrong) assert.equal(parseAddress(text), undefined, text);
});
