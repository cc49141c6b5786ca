/**
 * A shop's network made of network namespaces: one switch, and hosts with an address of their own on it. Cables can be pulled, ports
 * isolated, a router with NAT put between. Needs root and Debian's iproute2 (and nftables for NAT); says what is missing otherwise.
 */

import { has } from "../support/prepare.ts";

const SUBNET = "10.77.0";
const BEHIND = "10.78.0";

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

/** Why there can be no second router on it. */
export const NO_NAT: string | undefined = NO_LAN ?? (has("nft") ? undefined : "there is no nft command");

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
  readonly #id = `cp${Deno.pid % 10_000}`;
  readonly #namespaces: string[] = [];
  readonly #switch: string;
  #hosts = 0;

  private constructor() {
    this.#switch = `${this.#id}-switch`;
  }

  static async create(): Promise<Lan> {
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
    for (const name of this.#namespaces.toReversed()) await run("ip", "netns", "del", name).catch(() => {});
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
