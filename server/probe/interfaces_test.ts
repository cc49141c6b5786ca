import assert from "node:assert/strict";
import { inSubnet, type Interface, lanAddresses, listInterfaces } from "./interfaces.ts";

const own = (name: string, address: string, prefixLength = 24): Interface => ({ name, address, prefixLength });

Deno.test("the hub's interfaces are listed without loopback", () => {
  const listed = [
    { name: "lo", address: "127.0.0.1", cidr: "127.0.0.1/8" },
    { name: "lo", address: "::1", cidr: "::1/128" },
    { name: "eth0", address: "192.168.1.20", cidr: "192.168.1.20/24" },
    { name: "odd", address: "192.168.3.1", cidr: "" },
  ];
  assert.deepEqual(listInterfaces(() => listed), [own("eth0", "192.168.1.20")]); // without a mask: not known
});

Deno.test("a system that will not say has no interfaces, and nothing is thrown", () => {
  assert.deepEqual(
    listInterfaces(() => {
      throw new Deno.errors.NotCapable("networkInterfaces");
    }),
    [],
  );
});

Deno.test("the addresses to print: the shop's own network first, containers and tunnels last", () => {
  const interfaces = [
    own("docker0", "172.17.0.1", 16),
    own("tailscale0", "100.101.102.103", 32),
    own("eth1", "203.0.113.9"),
    own("eth0", "192.168.1.20"),
    own("eth0", "fe80::1", 64),
    own("eth2", "169.254.7.7", 16),
    own("vEthernet (WSL)", "172.29.0.1", 20),
  ];
  assert.deepEqual(lanAddresses(interfaces), [
    "192.168.1.20",
    "203.0.113.9",
    "172.17.0.1",
    "172.29.0.1",
    "100.101.102.103",
  ]);
  assert.deepEqual(lanAddresses([own("eth0", "fd00::2", 64), own("eth0", "fe80::2", 64)]), ["fd00::2"]);
  assert.deepEqual(lanAddresses([]), []);
});

Deno.test("subnets are told apart at every width", () => {
  assert.ok(inSubnet("192.168.1.200", own("", "192.168.1.20", 24)));
  assert.ok(!inSubnet("192.168.2.1", own("", "192.168.1.20", 24)));
  assert.ok(inSubnet("192.168.2.1", own("", "192.168.3.20", 22)));
  assert.ok(inSubnet("255.255.255.255", own("", "128.0.0.1", 1)));
  assert.ok(inSubnet("8.8.8.8", own("", "1.1.1.1", 0)));
  assert.ok(!inSubnet("fd00::1", own("", "fd00::2", 64)));
  assert.ok(!inSubnet("192.168.1", own("", "192.168.1.20", 24)));
});
