import assert from "node:assert/strict";
import { parseNeighbours, parseRoutes } from "./linux.ts";

Deno.test("ip route: one default route", () => {
  const stdout =
    `[{"dst":"default","gateway":"192.168.1.1","dev":"eth0","protocol":"dhcp","prefsrc":"192.168.1.20","metric":100,"flags":[]}]`;
  assert.deepEqual(parseRoutes(stdout), [{ gateway: "192.168.1.1", device: "eth0", metric: 100 }]);
});

Deno.test("ip route: cable, Wi-Fi and VPN, other routes left out, no metric is the lowest", () => {
  const stdout = `[ {"dst":"default","dev":"wg0","scope":"link","flags":[]},
    {"dst":"default","gateway":"192.168.1.1","dev":"eth0","protocol":"dhcp","metric":100,"flags":[]},
    {"dst":"default","gateway":"192.168.7.1","dev":"wlan0","protocol":"dhcp","metric":600,"flags":["linkdown"]},
    {"dst":"192.168.1.0/24","dev":"eth0","protocol":"kernel","scope":"link","prefsrc":"192.168.1.20","flags":[]} ]`;
  assert.deepEqual(parseRoutes(stdout), [
    { gateway: undefined, device: "wg0", metric: 0 },
    { gateway: "192.168.1.1", device: "eth0", metric: 100 },
  ]);
});

Deno.test("ip route: several gateways under one route", () => {
  const stdout = `[{"dst":"default","protocol":"static","metric":50,"flags":[],"nexthops":[
    {"gateway":"192.168.1.1","dev":"eth0","weight":1,"flags":[]},
    {"gateway":"192.168.2.1","dev":"eth1","weight":1,"flags":["dead","linkdown"]}]}]`;
  assert.deepEqual(parseRoutes(stdout), [{ gateway: "192.168.1.1", device: "eth0", metric: 50 }]);
});

Deno.test("ip route: nothing is no route, and what is cut off or no JSON is not known", () => {
  assert.deepEqual(parseRoutes("[ ]\n"), []);
  assert.deepEqual(parseRoutes(""), []);
  for (const odd of [`[{"dst":"default","gatew`, "default via 192.168.1.1 dev eth0\n", `{"dst":"default"}`, "null"]) {
    assert.equal(parseRoutes(odd), undefined, odd);
  }
  assert.deepEqual(parseRoutes(`[null, 3, {"dst":"default"}, {"dst":"default","dev":7,"nexthops":"x"}]`), []);
});

Deno.test("ip neigh: every state that the kernel has", () => {
  const stdout = `[{"dst":"192.168.1.1","dev":"eth0","lladdr":"A4:2B:B0:01:02:03","state":["REACHABLE"]},
    {"dst":"192.168.1.21","dev":"eth0","lladdr":"5c:e9:1e:00:00:21","state":["STALE"]},
    {"dst":"192.168.1.22","dev":"eth0","lladdr":"5c:e9:1e:00:00:22","state":["DELAY"]},
    {"dst":"192.168.1.30","dev":"eth0","state":["INCOMPLETE"]},
    {"dst":"192.168.1.31","dev":"eth0","state":["FAILED"]},
    {"dst":"fe80::1","dev":"eth0","lladdr":"a4:2b:b0:01:02:03","router":null,"state":["STALE"]}]`;
  assert.deepEqual(parseNeighbours(stdout), [
    { address: "192.168.1.1", mac: "a4:2b:b0:01:02:03", state: "reachable" },
    { address: "192.168.1.21", mac: "5c:e9:1e:00:00:21", state: "remembered" },
    { address: "192.168.1.22", mac: "5c:e9:1e:00:00:22", state: "remembered" },
    { address: "192.168.1.30", mac: undefined, state: "asking" },
    { address: "192.168.1.31", mac: undefined, state: "failed" },
    { address: "fe80::1", mac: "a4:2b:b0:01:02:03", state: "remembered" },
  ]);
});

Deno.test("ip neigh: cut off is not known, odd rows are left out", () => {
  assert.equal(parseNeighbours(`[{"dst":"192.168.1.1","dev":"eth0","lla`), undefined);
  assert.deepEqual(parseNeighbours(`[{"dev":"eth0"}, "x", {"dst":"10.0.0.1","state":"REACHABLE"}]`), [
    { address: "10.0.0.1", mac: undefined, state: "asking" },
  ]);
});
