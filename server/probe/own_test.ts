import assert from "node:assert/strict";
import { LINUX, parseLinks } from "./linux.ts";
import { parseIfconfig } from "./macos.ts";
import { chooseLink, probeOwnLink } from "./own.ts";
import type { CommandResult } from "./platform.ts";
import { parseWlan, WINDOWS } from "./windows.ts";

const LAN = { name: "eth0", address: "192.168.1.20", prefixLength: 24 };
const link = (ifname: string, flags: string[], link_type = "ether") => ({ ifname, flags, link_type });
const LO = link("lo", ["LOOPBACK", "UP", "LOWER_UP"], "loopback");

const IFCONFIG = `lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> mtu 16384
	inet 127.0.0.1 netmask 0xff000000
en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
	ether a4:83:e7:01:02:03
	inet 192.168.1.20 netmask 0xffffff00 broadcast 192.168.1.255
	media: autoselect
	status: active
en7: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
	ether 00:e0:4c:01:02:03
	media: autoselect (1000baseT <full-duplex>)
	status: active
en1: flags=8963<UP,BROADCAST,SMART,RUNNING,PROMISC,SIMPLEX,MULTICAST> mtu 1500
	media: autoselect <full-duplex>
	status: inactive
utun0: flags=8051<UP,POINTOPOINT,RUNNING,MULTICAST> mtu 1380
`;

const NETSH_GERMAN = `\r
Es ist 1 Schnittstelle auf dem System vorhanden:\r
\r
    Name                   : WLAN\r
    Beschreibung           : Intel(R) Wi-Fi 6 AX201 160MHz\r
    GUID                   : 6f1c1b0e-0a3c-4d5e-8f90-0123456789ab\r
    Physische Adresse      : a4:2b:b0:0a:0b:0c\r
    Status                 : Verbunden\r
`;
const NETSH_FRENCH = NETSH_GERMAN.replace("Name                   :", "Nom                    :")
  .replace(": WLAN", ": Wi-Fi").replace("Verbunden", "connect�");

Deno.test("[PRB18] ip link: plugged, unplugged, switched off, and what is no card of the shop", () => {
  const rows = [
    LO,
    link("eth0", ["BROADCAST", "MULTICAST", "UP", "LOWER_UP"]),
    link("enp3s0", ["NO-CARRIER", "BROADCAST", "MULTICAST", "UP"]),
    link("wlan0", ["BROADCAST", "MULTICAST"]),
    link("ifb0", ["BROADCAST", "NOARP"]),
  ];
  assert.deepEqual(parseLinks(JSON.stringify(rows)), [
    { name: "eth0", carrier: true, medium: "wired" },
    { name: "enp3s0", carrier: false, medium: "wired" },
    { name: "wlan0", carrier: false, medium: "wireless" },
  ]);
});

Deno.test("[PRB18] ifconfig: a cable says its speed, a radio that is joined does not", () => {
  assert.deepEqual(parseIfconfig(IFCONFIG), [
    { name: "en0", carrier: true, medium: "wireless" },
    { name: "en7", carrier: true, medium: "wired" },
    { name: "en1", carrier: false, medium: undefined },
  ]);
});

Deno.test("[PRB18] netsh names the radios in any language", () => {
  assert.deepEqual(parseWlan(NETSH_GERMAN), [{ name: "WLAN", medium: "wireless" }]);
  assert.deepEqual(parseWlan(NETSH_FRENCH), [{ name: "Wi-Fi", medium: "wireless" }]);
});

Deno.test("[PRB3] links: cut off, empty or hostile is not known, odd rows are left out", () => {
  for (const odd of [`[{"ifname":"eth0","fla`, "eth0: UP", "{}", "null"]) assert.equal(parseLinks(odd), undefined, odd);
  assert.deepEqual(
    parseLinks(`[null, 7, {"ifname":3,"flags":[]}, {"ifname":"eth0","flags":"UP","link_type":"ether"}]`),
    [],
  );
  for (const odd of ["", "ifconfig: not found", "en0: flags=88"]) assert.equal(parseIfconfig(odd), undefined, odd);
  assert.deepEqual(parseIfconfig("lo0: flags=8049<UP>\nen0: flags=8863<UP>\n\tmedia: autoselect\n\tstat"), []);
  for (const odd of ["", "Der Dienst wird nicht ausgef�hrt.", NETSH_GERMAN.slice(0, 150)]) {
    assert.equal(parseWlan(odd), undefined, odd);
  }
});

Deno.test("[PRB18] the hub's own link is the default route's, else the one it was, else one that is connected", () => {
  const links = [{ name: "eth0", carrier: false }, { name: "eth1", carrier: true }, { name: "docker0", carrier: true }];
  assert.equal(chooseLink(links, [LAN], "eth1", "eth0")?.name, "eth1");
  assert.equal(chooseLink(links, [LAN], undefined, "eth0")?.name, "eth0", "its cable was pulled");
  assert.equal(chooseLink(links, [], undefined, undefined)?.name, "eth1");
  assert.equal(
    chooseLink([links[0]!, links[2]!], [], undefined, undefined)?.carrier,
    false,
    "a container's is not the shop's",
  );
  assert.equal(chooseLink([], [], "eth0", undefined), undefined);
});

async function own(stdout: string | CommandResult, device?: string, interfaces = [LAN], platform = LINUX) {
  const result: CommandResult = typeof stdout === "string" ? { ok: true, stdout } : stdout;
  return await probeOwnLink(
    { runner: () => Promise.resolve(result), platform, interfaces },
    Promise.resolve(device),
    undefined,
  );
}

Deno.test("[PRB18] a pulled cable is told with its name", async () => {
  const pulled = await own(JSON.stringify([LO, link("eth0", ["NO-CARRIER", "BROADCAST", "UP"])]), undefined, []);
  assert.deepEqual([pulled.ok, pulled.how], [false, "The hub's cable eth0 has no connection"]);
});

Deno.test("[PRB18] on Windows an address is a connection, and a link that is no radio has no known kind", async () => {
  const wifi = { name: "WLAN", address: "192.168.1.20", prefixLength: 24 };
  const rung = await own(NETSH_GERMAN, "192.168.1.20", [wifi], WINDOWS);
  assert.deepEqual([rung.ok, rung.medium], [true, "wireless"]);
  const cable = await own(NETSH_GERMAN, "192.168.1.20", [{ ...wifi, name: "Ethernet" }], WINDOWS);
  assert.deepEqual([cable.ok, cable.name, cable.medium], [true, "Ethernet", undefined]);
});

Deno.test("[PRB2] without the command the own link is not known, and the command is named", async () => {
  const missing: CommandResult = { ok: false, why: "missing", reason: "ip is not installed on this hub" };
  assert.deepEqual(await own(missing), { how: "The hub's own link is not known: ip is not installed on this hub" });
});
