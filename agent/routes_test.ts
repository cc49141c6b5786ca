import assert from "node:assert/strict";
import { type Listed, parseIpRoute, parseRouteGet, parseRoutePrint, placeOf } from "./routes.ts";

const on = (name: string, address: string, bits = 24): Listed => ({
  name,
  address,
  cidr: `${address}/${bits}`,
  family: address.includes(":") ? "IPv6" : "IPv4",
});
const GERMAN = `===========================================================================
Aktive Routen:
     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik
          0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.21     35
        127.0.0.0        255.0.0.0   Auf Verbindung         127.0.0.1    331
===========================================================================
`;

Deno.test("[AGT4] the router of the default route, on each system, in any language", () => {
  const linux = `[{"dst":"default","gateway":"192.168.1.1","dev":"wlan0","protocol":"dhcp","metric":600,"flags":[]}]`;
  assert.deepEqual(parseIpRoute(linux), [{ gateway: "192.168.1.1", device: "wlan0", metric: 600 }]);
  assert.deepEqual([parseIpRoute(""), parseIpRoute("[]"), parseIpRoute("{"), parseIpRoute("7")], [
    [],
    [],
    undefined,
    undefined,
  ]);
  assert.deepEqual(parseIpRoute("[null]"), undefined);
  const mac =
    "   route to: default\ndestination: default\n    gateway: 192.168.1.1\n  interface: en0\n      flags: <UP>\n";
  assert.deepEqual(parseRouteGet(mac), [{ gateway: "192.168.1.1", device: "en0", metric: 0 }]);
  assert.deepEqual([parseRouteGet(mac.replace("192.168.1.1", "link#18")), parseRouteGet("")], [[], undefined]);
  assert.deepEqual(parseRoutePrint(GERMAN), [{ gateway: "192.168.1.1", address: "192.168.1.21", metric: 35 }]);
  assert.equal(parseRoutePrint("Die Anforderung erfordert höhere Rechte."), undefined);
});

Deno.test("[AGT4] the Wi-Fi's own place before the cable's, and no router that is on another network", () => {
  const interfaces = [
    on("lo", "127.0.0.1", 8),
    on("eth0", "10.0.0.5"),
    on("wlan0", "192.168.1.21"),
    on("wlan0", "fe80::1", 64),
  ];
  const routes = [
    { gateway: "10.0.0.1", device: "eth0", metric: 100 },
    { gateway: "192.168.1.1", device: "wlan0", metric: 600 },
  ];
  const wifi = { address: "192.168.1.21", prefixLength: 24, gateway: "192.168.1.1" };
  assert.deepEqual(placeOf(routes, interfaces, "wlan0"), wifi);
  assert.deepEqual(placeOf(routes, interfaces), { address: "10.0.0.5", prefixLength: 24, gateway: "10.0.0.1" });
  assert.deepEqual(placeOf(routes.slice(0, 1), interfaces, "wlan0"), { ...wifi, gateway: undefined });
  const windows = [{ gateway: "192.168.1.1", address: "192.168.1.21", metric: 35 }];
  assert.deepEqual(placeOf(windows, interfaces), wifi);
  assert.deepEqual(placeOf([], [on("wlan0", "192.168.1.21")]), { ...wifi, gateway: undefined });
  assert.deepEqual(placeOf([], []), { gateway: undefined });
});
