/**
 * A shop's network made of network namespaces: one switch, and hosts with an address of their own on it. Cables can be pulled, ports
 * isolated, multicast dropped, a router with NAT put between. Needs root and Debian's iproute2 (and nftables for the last two); says
 * what is missing otherwise. Namespaces bear the id of the process that made them, so that what a killed run left behind is found and
 * removed by the next; links are made inside namespaces and go with them.
 */

import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { has } from "../support/prepare.ts";

const SUBNET = "10.77.0";
const BEHIND = "10.78.0";
const PREFIX = "cplan"; // of every namespace, followed by the process that made it
const NAME = new RegExp(`^${PREFIX}(\\d+)-`);
const IPV6 = "/proc/sys/net/ipv6"; // absent where the kernel does without
const SETTINGS = "/etc/netns"; // what lies here under the name of a namespace stands in for the same file of /etc in it

/** Where the router of a shop is, if it has one. */
export const ROUTER_ADDRESS = `${SUBNET}.1`;

/** Why such a network cannot be made here; undefined when it can. */
export const NO_LAN: string | undefined = await missing();

export interface Host {
  readonly name: string; // of the namespace
  readonly address: string;
  readonly port: string; // its port on the switch, or on the router that it is behind
}

/** Runs a command to its end; throws with what it said when it fails. */
async function run(command: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args, stdout: "piped", stderr: "piped" })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`${command} ${args.join(" ")}: ${text(stderr).trim()}`);
  return text(stdout);
}

/** Why there can be no second router on it, and nothing dropped. */
export const NO_NFT: string | undefined = NO_LAN ?? without("nft");

/** Why there can be no router with a name server and DHCP. */
export const NO_ROUTER: string | undefined = NO_NFT ?? without("dnsmasq");

function without(command: string): string | undefined {
  return has(command) ? undefined : `there is no ${command} command`;
}

async function missing(): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return "network namespaces need Linux";
  if (!has("curl")) return "there is no curl command";
  if (Deno.uid() !== 0) return "network namespaces need root";
  try {
    const probe = `cp-probe-${Deno.pid}`;
    await run("ip", "netns", "add", probe);
    await run("ip", "netns", "del", probe);
    return undefined;
  } catch (failure) {
    return `network namespaces cannot be made here: ${failure instanceof Error ? failure.message : failure}`;
  }
}

/** One end of a cable. */
export interface Plug {
  readonly name: string; // of the namespace
  readonly link: string;
  readonly address: string; // with its prefix length
}

export class Lan {
  static #made = 0; // by this process: namespaces of the second are told apart by a number
  readonly #id = `${PREFIX}${Deno.pid}${++Lan.#made === 1 ? "" : `-${Lan.#made}`}`;
  readonly #namespaces: string[] = [];
  readonly #switch: string;
  #hosts = 0;

  private constructor() {
    this.#switch = `${this.#id}-switch`;
  }

  static async create(): Promise<Lan> {
    await removeLeftovers();
    const lan = new Lan();
    await lan.#addNamespace(lan.#switch);
    await lan.in(lan.#switch, "ip", "link", "add", "br0", "type", "bridge");
    await lan.in(lan.#switch, "ip", "link", "set", "br0", "up");
    return lan;
  }

  /** A host on the switch, or behind `router`. */
  async host(label: string, router?: Host): Promise<Host> {
    return await this.#plugIn(label, `${router ? BEHIND : SUBNET}.${10 + this.#hosts + 1}`, router);
  }

  /** A host on the switch at the address where a shop has its router. */
  async routerHost(label: string): Promise<Host> {
    return await this.#plugIn(label, ROUTER_ADDRESS);
  }

  /** A machine without a place on the switch. */
  async machine(label: string): Promise<string> {
    const name = `${this.#id}-${label}`;
    await this.#addNamespace(name);
    return name;
  }

  /** A cable between two machines. */
  async join(a: Plug, b: Plug): Promise<void> {
    await run("ip", "link", "add", a.link, "netns", a.name, "type", "veth", "peer", "name", b.link, "netns", b.name);
    for (const { name, link, address } of [a, b]) {
      await this.in(name, "ip", "addr", "add", address, "dev", link);
      await this.in(name, "ip", "link", "set", link, "up");
    }
  }

  async #plugIn(label: string, address: string, router?: Host): Promise<Host> {
    const n = ++this.#hosts;
    const name = await this.machine(label);
    const port = `p${n}`;
    const upstream = router?.name ?? this.#switch;
    await run("ip", "link", "add", "eth0", "netns", name, "type", "veth", "peer", "name", port, "netns", upstream);
    await this.in(name, "ip", "addr", "add", `${address}/24`, "dev", "eth0");
    await this.in(name, "ip", "link", "set", "eth0", "up");
    if (router) {
      await this.in(upstream, "ip", "addr", "add", `${BEHIND}.1/24`, "dev", port);
      await this.in(name, "ip", "route", "add", "default", "via", `${BEHIND}.1`);
    } else await this.in(upstream, "ip", "link", "set", port, "master", "br0");
    await this.in(upstream, "ip", "link", "set", port, "up");
    return { name, address, port };
  }

  /** A second router on the switch that hides what is behind it, as a cheap extender does. */
  async natRouter(label: string): Promise<Host> {
    const router = await this.host(label);
    await this.forward(router.name);
    await this.hide(router.name, "eth0");
    return router;
  }

  /** Lets a machine pass on what is not for itself. */
  async forward(name: string): Promise<void> {
    await this.in(name, "sysctl", "-qw", "net.ipv4.ip_forward=1");
  }

  /** Network address translation: whatever leaves by `link` bears the machine's own address there. */
  async hide(name: string, link: string): Promise<void> {
    await this.in(name, "nft", "add table ip nat");
    await this.in(name, "nft", "add chain ip nat out { type nat hook postrouting priority 100 ; }");
    await this.in(name, "nft", `add rule ip nat out oifname ${link} masquerade`);
  }

  /** Pulls the cable of a host out of the switch, or puts it back. */
  async cable(host: Host, state: "out" | "in"): Promise<void> {
    await this.in(this.#switch, "ip", "link", "set", host.port, state === "in" ? "up" : "down");
  }

  /** Keeps these hosts from each other, as client isolation does; each still reaches all others. */
  async isolate(hosts: readonly Host[], on: boolean): Promise<void> {
    for (const { port } of hosts) {
      await this.in(this.#switch, "bridge", "link", "set", "dev", port, "isolated", on ? "on" : "off");
    }
  }

  /** Drops all multicast on its way through the switch, as cheap access points do, or lets it pass again. */
  async multicast(state: "dropped" | "passing"): Promise<void> {
    const nft = (rule: string) => this.in(this.#switch, "nft", rule);
    if (state === "passing") return void await nft("delete table bridge shop");
    await nft("add table bridge shop");
    await nft("add chain bridge shop passing { type filter hook forward priority 0 ; }");
    await nft("add rule bridge shop passing ip daddr 224.0.0.0/4 drop");
    await nft("add rule bridge shop passing ip6 daddr ff00::/8 udp dport 5353 drop"); // neighbour discovery stays
  }

  /** Switches the switch off, as if it had hung: every cable still has its light, and nothing passes. */
  async switchTo(state: "off" | "on"): Promise<void> {
    await this.in(this.#switch, "ip", "link", "set", "br0", state === "on" ? "up" : "down");
  }

  /** Tells a host of the router, as the network of a shop would; a browser asks which address leads there, even where there is none. */
  async defaultRoute(host: Host): Promise<void> {
    await this.in(host.name, "ip", "route", "replace", "default", "via", ROUTER_ADDRESS);
  }

  /** Lets a host forget which hardware is behind the addresses around it. */
  async forgetNeighbours(host: Host): Promise<void> {
    await this.in(host.name, "ip", "neigh", "flush", "dev", "eth0");
  }

  /** Which name server programs on this host ask, from the next one on that is started. */
  nameServer({ name }: Host, address: string): void {
    mkdirSync(`${SETTINGS}/${name}`, { recursive: true });
    writeFileSync(`${SETTINGS}/${name}/resolv.conf`, `nameserver ${address}\n`);
  }

  /** Starts a command on a host. */
  spawn({ name }: Pick<Host, "name">, command: string, args: readonly string[]): Deno.ChildProcess {
    return new Deno.Command("ip", {
      args: ["netns", "exec", name, command, ...args],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
  }

  async remove(): Promise<void> {
    for (const name of this.#namespaces.splice(0).toReversed()) await removeNamespace(name);
  }

  async #addNamespace(name: string): Promise<void> {
    await run("ip", "netns", "add", name);
    this.#namespaces.push(name);
    await this.in(name, "ip", "link", "set", "lo", "up");
    // Else an IPv6 address becomes usable a second or two after a cable is in, and a browser then drops all that is on its way to it.
    if (existsSync(IPV6)) await this.in(name, "sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0");
  }

  /** Runs a command in a namespace to its end; what it printed. */
  in(namespace: string, ...command: string[]): Promise<string> {
    return run("ip", "netns", "exec", namespace, ...command);
  }
}

/** The namespaces of networks like this one whose process is gone: it was killed before it could tidy up. */
async function removeLeftovers(): Promise<void> {
  for (const line of (await run("ip", "netns", "list")).split("\n")) {
    const [, maker] = NAME.exec(line) ?? [];
    if (maker && !existsSync(`/proc/${maker}`)) await removeNamespace(line.split(" ")[0]!);
  }
}

/** Ends what still runs in it: a namespace lives as long as its last process, and so would its links. */
async function removeNamespace(name: string): Promise<void> {
  const pids = await run("ip", "netns", "pids", name).catch(() => "");
  for (const pid of pids.split("\n").filter(Boolean)) {
    try {
      Deno.kill(Number(pid), "SIGKILL");
    } catch { /* it has ended by itself */ }
  }
  await run("ip", "netns", "del", name).catch(() => {});
  rmSync(`${SETTINGS}/${name}`, { recursive: true, force: true });
}
