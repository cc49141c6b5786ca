/** What goes wrong in a shop's network, put into one of the lab: a second DHCP server, a repeater, a device with another's address. */
import { linesOf } from "./lines.ts";
import type { Host, Lan } from "./network.ts";
import type { Venue } from "./venue.ts";

const TWIN_MAC = "02:00:00:00:00:77";
const ANNOUNCED_EVERY_MS = 1_000;

/** Something that runs on the network until it is stopped. */
export interface Running {
  readonly host: Host;
  stop(): Promise<void>;
}

/** An old router that somebody plugged in: it hands out addresses of its own, and itself as the router. */
export async function rogueDhcp(venue: Venue): Promise<Running> {
  const host = await venue.host("rogue");
  const range = ["150", "160"].map((last) => host.address.replace(/\d+$/, last));
  const leases = await Deno.makeTempFile();
  const server = venue.lan.spawn(host, "dnsmasq", [
    "--keep-in-foreground",
    "--conf-file=/dev/null",
    "--user=root",
    "--pid-file=",
    "--port=0", // no names
    "--bind-interfaces",
    "--except-interface=lo",
    "--quiet-dhcp",
    "--log-facility=/dev/null",
    `--dhcp-range=${range[0]},${range[1]},1h`,
    `--dhcp-leasefile=${leases}`,
  ]);
  return {
    host,
    async stop() {
      await end(server);
      await Deno.remove(leases);
    },
  };
}

/** A router that tells its address outside by UPnP and NAT-PMP, as far as it is one that others reach. */
export async function miniupnpd(venue: Venue): Promise<Running> {
  const { host } = venue.router;
  const settings = await Deno.makeTempFile();
  const lines = ["ext_ifname=wan", "listening_ip=eth0", "enable_upnp=yes", "enable_natpmp=yes", "lease_file="];
  await Deno.writeTextFile(settings, [...lines, "uuid=73a9cb68-a00b-4d2d-8412-75ffe989a9cd", ""].join("\n"));
  const command = `exec miniupnpd -d -f ${settings} -P ${settings}.pid 2>&1`;
  const daemon = venue.lan.spawn(host, "sh", ["-c", command]);
  await readyWhen(daemon, "HTTP listening on port");
  return {
    host,
    async stop() {
      await end(daemon);
      for (const file of [settings, `${settings}.pid`]) await Deno.remove(file).catch(() => {});
    },
  };
}

const TELLS = `
  import dgram from "node:dgram";
  const [own, told] = Deno.args;
  const socket = dgram.createSocket("udp4");
  const answer = Uint8Array.of(0, 128, 0, 0, 0, 0, 0, 9, ...told.split(".").map(Number));
  socket.on("message", (asked, from) => asked.length === 2 && socket.send(answer, from.port, from.address));
  socket.bind(5351, own, () => console.log("ready"));`;

/** A router that tells by NAT-PMP the address that it has outside, though it is a private one. */
export async function frankRouter(venue: Venue, address: string): Promise<Running> {
  const { host } = venue.router;
  const child = venue.lan.spawn(host, Deno.execPath(), ["eval", TELLS, host.address, address]);
  await readyWhen(child, "ready");
  return { host, stop: () => end(child) };
}

/** A Wi-Fi repeater that answers for whoever is behind it with its own hardware address, as cheap ones do. */
export class Repeater {
  readonly #lan: Lan;
  readonly #host: Host;
  #behind = 0;

  private constructor(lan: Lan, host: Host) {
    this.#lan = lan;
    this.#host = host;
  }

  static async plugIn(venue: Venue): Promise<Repeater> {
    const host = await venue.host("repeater");
    await venue.lan.forward(host.name);
    await venue.lan.in(host.name, "sysctl", "-qw", "net.ipv4.conf.all.proxy_arp=1");
    return new Repeater(venue.lan, host);
  }

  /** A host behind it, with an address of the same network. */
  async behind(label: string): Promise<Host> {
    const n = ++this.#behind;
    const { name: repeater, address: own } = this.#host;
    const name = await this.#lan.machine(label);
    const [port, address] = [`air${n}`, own.replace(/\d+$/, String(60 + n))];
    await this.#lan.join(
      { name: repeater, link: port, address: `${own}/32` },
      { name, link: "eth0", address: `${address}/24` },
    );
    await this.#lan.in(repeater, "ip", "route", "add", `${address}/32`, "dev", port);
    const host = { name, address, port };
    await this.#lan.defaultRoute(host);
    return host;
  }
}

/** A device that joins with the address of another and says so to all, again and again, as devices do that do not give way. */
export async function twinOf(lan: Lan, host: Host): Promise<Running> {
  const twin = await lan.host(`twin-${host.port}`);
  const inTwin = (...command: string[]) => lan.in(twin.name, ...command);
  const announce = () => inTwin("ip", "link", "set", "eth0", "address", TWIN_MAC); // at which the system says so
  await inTwin("ip", "addr", "flush", "dev", "eth0");
  await inTwin("ip", "addr", "add", `${host.address}/24`, "dev", "eth0");
  await inTwin("sysctl", "-qw", "net.ipv4.conf.eth0.arp_notify=1");
  let last = announce();
  const timer = setInterval(() => last = last.then(announce), ANNOUNCED_EVERY_MS);
  return {
    host: { ...twin, address: host.address },
    async stop() {
      clearInterval(timer);
      await last;
      await lan.cable(twin, "out");
    },
  };
}

/** Once it has printed that; what it prints later is read and forgotten, so that it never has to wait. */
async function readyWhen(child: Deno.ChildProcess, says: string): Promise<void> {
  const lines = linesOf(child.stdout);
  for (let { value, done } = await lines.next(); !done; { value, done } = await lines.next()) {
    if (!value.includes(says)) continue;
    void (async () => {
      while (!(await lines.next()).done);
    })();
    return;
  }
  throw new Error(`It ended before it said “${says}”`);
}

async function end(child: Deno.ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  await child.status;
  await child.stdin.close().catch(() => {});
  if (!child.stdout.locked) await child.stdout.cancel();
}
