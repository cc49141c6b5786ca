import assert from "node:assert/strict";
import type { Interface } from "./interfaces.ts";
import { LINUX } from "./linux.ts";
import { MACOS } from "./macos.ts";
import type { CommandResult, Route } from "./platform.ts";
import { chooseGateway, findGateway } from "./route.ts";

const LAN: Interface = { name: "eth0", address: "192.168.1.20", prefixLength: 24 };
const WIFI: Interface = { name: "wlan0", address: "192.168.7.20", prefixLength: 24 };
const VPN: Interface = { name: "tun0", address: "10.8.0.6", prefixLength: 24 };
const route = (gateway: string | undefined, device: string, metric: number): Route => ({ gateway, device, metric });

Deno.test("among the shop's own networks the lowest metric is taken", () => {
  const routes = [route("192.168.7.1", "wlan0", 600), route("192.168.1.1", "eth0", 100)];
  assert.deepEqual(chooseGateway(routes, [WIFI, LAN]), { kind: "found", address: "192.168.1.1", device: "eth0" });
});

Deno.test("a VPN's route is not the shop's router, whatever its metric", () => {
  const routes = [route("10.8.0.1", "tun0", 50), route(undefined, "wg0", 0), route("192.168.1.1", "eth0", 100)];
  assert.deepEqual(chooseGateway(routes, [VPN, LAN]), { kind: "found", address: "192.168.1.1", device: "eth0" });
  const onWindows = [route("10.8.0.1", "10.8.0.6", 5), route("192.168.1.1", "192.168.1.20", 25)];
  const named = [{ ...VPN, name: "OpenVPN TAP-Windows6" }, { ...LAN, name: "Ethernet" }];
  assert.deepEqual(chooseGateway(onWindows, named), { kind: "found", address: "192.168.1.1", device: "192.168.1.20" });
});

Deno.test("when the interfaces are not known the metric decides, tunnels last", () => {
  const routes = [route("10.8.0.1", "tun0", 50), route("192.168.1.1", "eth0", 100), route("192.168.7.1", "wlan0", 600)];
  assert.deepEqual(chooseGateway(routes, []), { kind: "found", address: "192.168.1.1", device: "eth0" });
});

Deno.test("no default route, and one without a gateway, are told apart in words", () => {
  assert.deepEqual(chooseGateway([], [LAN]), { kind: "none", how: "This hub has no default route" });
  assert.deepEqual(chooseGateway([route(undefined, "wg0", 0)], [LAN]), {
    kind: "none",
    how: "The default route goes through wg0, which has no gateway",
  });
});

Deno.test("a command that is missing is named, and makes the route unknown, not absent", async () => {
  const missing = (command: string): Promise<CommandResult> =>
    Promise.resolve({ ok: false, why: "missing", reason: `${command} is not installed on this hub` });
  assert.deepEqual(await findGateway(missing, LINUX, [LAN]), {
    kind: "unknown",
    how: "The default route is not known: ip is not installed on this hub",
  });
  assert.match((await findGateway(missing, MACOS, [LAN]) as { how: string }).how, /netstat is not installed/);
});

Deno.test("what cannot be read is not known", async () => {
  const odd = () => Promise.resolve<CommandResult>({ ok: true, stdout: "BusyBox v1.36" });
  assert.deepEqual(await findGateway(odd, LINUX, [LAN]), {
    kind: "unknown",
    how: "The default route is not known: ip printed something this hub cannot read",
  });
});

Deno.test("the second command is asked when the first does not answer", async () => {
  const only = (command: string): Promise<CommandResult> =>
    Promise.resolve(
      command === "route"
        ? { ok: true, stdout: "    gateway: 192.168.1.1\n  interface: en0\n" }
        : { ok: false, why: "missing", reason: `${command} is not installed on this hub` },
    );
  assert.deepEqual(await findGateway(only, MACOS, []), {
    kind: "found",
    address: "192.168.1.1",
    device: "en0",
    only: true,
  });
});
