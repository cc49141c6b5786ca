/**
 * A shop's network made of network namespaces: one switch, and hosts with an address of their own on it. Cables can be pulled, ports
 * isolated, multicast dropped, a router with NAT put between. Needs root and Debian's iproute2 (and nftables for the last two); says
 * what is missing otherwise. Namespaces bear the id of the process that made them, so that what a killed run left behind is found and
 * removed by the next; links are made inside namespaces and go with them.
 */

import { existsSync } from "node:fs";
import { has } from "../support/prepare.ts";

const SUBNET = "10.77.0";
const BEHIND = "10.78.0";
const PREFIX = "cplan"; // of every namespace, followed by the process that made it
const NAME = new RegExp(`^${PREFIX}(\\d+)-`);

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
export const NO_NFT: string | undefined = NO_LAN ?? (has("nft") ? undefined : "there is no nft command");

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

export class Lan {
  readonly #id = `${PREFIX}${Deno.pid}`;
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
    await lan.#in(lan.#switch, "ip", "link", "add", "br0", "type", "bridge");
    await lan.#in(lan.#switch, "ip", "link", "set", "br0", "up");
    return lan;
  }

  /** A host on the switch, or behind `router`. */
  async host(label: string, router?: Host): Promise<Host> {
    const n = ++this.#hosts;
    const name = `${this.#id}-${label}`;
    const address = `${router ? BEHIND : SUBNET}.${10 + n}`;
    const port = `p${n}`;
    const upstream = router?.name ?? this.#switch;
    await this.#addNamespace(name);
    await run("ip", "link", "add", "eth0", "netns", name, "type", "veth", "peer", "name", port, "netns", upstream);
    await this.#in(name, "ip", "addr", "add", `${address}/24`, "dev", "eth0");
    await this.#in(name, "ip", "link", "set", "eth0", "up");
    if (router) {
      await this.#in(upstream, "ip", "addr", "add", `${BEHIND}.1/24`, "dev", port);
      await this.#in(name, "ip", "route", "add", "default", "via", `${BEHIND}.1`);
    } else await this.#in(upstream, "ip", "link", "set", port, "master", "br0");
    await this.#in(upstream, "ip", "link", "set", port, "up");
    return { name, address, port };
  }

  /** A second router on the switch that hides what is behind it, as a cheap extender does. */
  async natRouter(label: string): Promise<Host> {
    const router = await this.host(label);
    await this.#in(router.name, "sysctl", "-qw", "net.ipv4.ip_forward=1");
    await this.#in(router.name, "nft", "add table ip nat");
    await this.#in(router.name, "nft", "add chain ip nat out { type nat hook postrouting priority 100 ; }");
    await this.#in(router.name, "nft", "add rule ip nat out oifname eth0 masquerade");
    return router;
  }

  /** Pulls the cable of a host out of the switch, or puts it back. */
  async cable(host: Host, state: "out" | "in"): Promise<void> {
    await this.#in(this.#switch, "ip", "link", "set", host.port, state === "in" ? "up" : "down");
  }

  /** Keeps these hosts from each other, as client isolation does; each still reaches all others. */
  async isolate(hosts: readonly Host[], on: boolean): Promise<void> {
    for (const { port } of hosts) {
      await this.#in(this.#switch, "bridge", "link", "set", "dev", port, "isolated", on ? "on" : "off");
    }
  }

  /** Drops all multicast on its way through the switch, as cheap access points do, or lets it pass again. */
  async multicast(state: "dropped" | "passing"): Promise<void> {
    const nft = (rule: string) => this.#in(this.#switch, "nft", rule);
    if (state === "passing") return void await nft("delete table bridge shop");
    await nft("add table bridge shop");
    await nft("add chain bridge shop passing { type filter hook forward priority 0 ; }");
    await nft("add rule bridge shop passing ip daddr 224.0.0.0/4 drop");
    await nft("add rule bridge shop passing ip6 daddr ff00::/8 udp dport 5353 drop"); // neighbour discovery stays
  }

  /** Tells a host of a router, as the network of a shop would. There is none: a browser asks which address leads there, no more. */
  async defaultRoute(host: Host): Promise<void> {
    await this.#in(host.name, "ip", "route", "add", "default", "via", `${SUBNET}.1`);
  }

  /** Starts a command on a host. */
  spawn(host: Host, command: string, args: readonly string[]): Deno.ChildProcess {
    return new Deno.Command("ip", {
      args: ["netns", "exec", host.name, command, ...args],
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
    await this.#in(name, "ip", "link", "set", "lo", "up");
  }

  #in(namespace: string, ...command: string[]): Promise<string> {
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
}
