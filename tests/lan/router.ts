/** A shop's router on a network of the lab: an address on the switch and one outside, NAT, a name server, DHCP, and a page of its own. */
import type { Host, Lan } from "./network.ts";

export interface RouterOptions {
  readonly label: string;
  readonly nameServer: string; // whom its own name server asks
}

const PAGE = `Deno.serve({ port: 80, hostname: Deno.args[0], onListen() {} }, () => new Response("A router"))`;
const LEASES = ["200", "250"] as const; // the last part of the first and the last address that it gives out
const NOBODY = "254";

export class Router {
  readonly host: Host;
  readonly #lan: Lan;
  readonly #options: RouterOptions;
  readonly #leases: string;
  #names: Deno.ChildProcess;
  #page: Deno.ChildProcess;

  private constructor(lan: Lan, host: Host, options: RouterOptions, leases: string) {
    this.#lan = lan;
    this.host = host;
    this.#options = options;
    this.#leases = leases;
    this.#names = this.#startNames();
    this.#page = lan.spawn(host, Deno.execPath(), ["eval", PAGE, host.address]);
  }

  /** Its link outside is `wan`; somebody else has to put a cable in. */
  static async open(lan: Lan, options: RouterOptions): Promise<Router> {
    const host = await lan.routerHost(options.label);
    await lan.forward(host.name);
    await lan.hide(host.name, "wan");
    return new Router(lan, host, options, await Deno.makeTempFile());
  }

  /** Off as by its plug, as the other machines of the network see it: nobody answers for its address. They still reach each other. */
  off(): Promise<void> {
    return this.#lan.cable(this.host, "out");
  }

  /** It tells the network whose address it is, as routers do when they start. */
  async on(): Promise<void> {
    await this.#lan.cable(this.host, "in");
    const { name, address } = this.host;
    // Asking for an address that nobody has, it names its own to all.
    await this.#lan.in(name, "ping", "-c", "1", "-W", "1", address.replace(/\d+$/, NOBODY)).catch(() => {});
  }

  /** Its name server hangs: it takes questions and answers none. */
  namesOff(): void {
    this.#names.kill("SIGSTOP");
  }

  namesOn(): void {
    this.#names.kill("SIGCONT");
  }

  async end(): Promise<void> {
    this.namesOn();
    for (const child of [this.#names, this.#page]) {
      child.kill("SIGKILL");
      await child.status;
      await Promise.all([child.stdout.cancel(), child.stdin.close().catch(() => {})]);
    }
    await Deno.remove(this.#leases);
  }

  #startNames(): Deno.ChildProcess {
    const { address } = this.host;
    const [first, last] = LEASES.map((part) => address.replace(/\d+$/, part));
    return this.#lan.spawn(this.host, "dnsmasq", [
      "--keep-in-foreground",
      "--conf-file=/dev/null",
      "--user=root",
      "--pid-file=",
      "--no-resolv",
      "--no-hosts",
      "--bind-interfaces",
      "--except-interface=lo",
      "--quiet-dhcp",
      "--log-facility=/dev/null",
      `--listen-address=${address}`,
      `--server=${this.#options.nameServer}`,
      `--dhcp-range=${first},${last},1h`,
      `--dhcp-leasefile=${this.#leases}`,
    ]);
  }
}
