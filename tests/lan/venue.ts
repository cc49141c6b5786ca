/**
 * A shop's whole network, out to the internet, in namespaces:
 *
 *     hub and registers ── switch ── router (NAT, DNS, DHCP) ── modem ── internet
 *
 * Each part can fail as it does in a shop, and be healed. The modem is bridged, so that the second hop is the provider's and has a public
 * address: a private one would be a second NAT, which is a finding. Nothing here reaches the real internet.
 */
import { INTERNET, NAME_SERVER, type News, PAGE, PAGES, type Wish } from "./internet.ts";
import { linesOf } from "./lines.ts";
import { type Host, Lan, ROUTER_ADDRESS } from "./network.ts";
import { Router } from "./router.ts";

const OUTSIDE = "203.0.113.2"; // the router's
const PROVIDER = "203.0.113.1"; // the second hop
const LINE = ["203.0.113.129", "203.0.113.130"] as const; // between the provider and the rest of the internet

/** What the hub of such a shop asks, for its flag `--probe-targets`. */
export const PROBE_TARGETS = JSON.stringify({
  internet: INTERNET.map((address) => `${address}:443`),
  dns: `${NAME_SERVER}:53`,
  dnsName: "example.com",
  portal: PAGE,
  time: `${INTERNET[1]}:123`,
});

export interface Notice {
  readonly at: number; // when it arrived
  // deno-lint-ignore no-explicit-any -- whatever the hub sends; tests look into it
  readonly body: any;
}

/** Something that is switched off and on. */
export interface Part {
  off(): Promise<void>;
  on(): Promise<void>;
}

export class Venue {
  readonly lan: Lan;
  readonly router: Router;
  readonly notices: Notice[] = []; // that arrived on the internet
  readonly #modem: string;
  readonly #internet: Deno.ChildProcess;
  readonly #wishes: WritableStreamDefaultWriter<Uint8Array>;

  private constructor(lan: Lan, router: Router, modem: string, internet: Deno.ChildProcess) {
    this.lan = lan;
    this.router = router;
    this.#modem = modem;
    this.#internet = internet;
    this.#wishes = internet.stdin.getWriter();
  }

  /** All of it, up; without hub or registers. */
  static async open(): Promise<Venue> {
    const lan = await Lan.create();
    const [internet, modem] = [await lan.machine("internet"), await lan.machine("modem")];
    const outside = `${OUTSIDE}/29`;
    const router = await Router.open(lan, { label: "router", nameServer: NAME_SERVER });
    await lan.join(
      { name: router.host.name, link: "wan", address: outside },
      { name: modem, link: "inside", address: `${PROVIDER}/29` },
    );
    await lan.join(
      { name: modem, link: "line", address: `${LINE[0]}/30` },
      { name: internet, link: "line", address: `${LINE[1]}/30` },
    );
    for (const address of [...INTERNET, NAME_SERVER, PAGES]) {
      await lan.in(internet, "ip", "addr", "add", `${address}/32`, "dev", "lo");
    }
    await lan.forward(modem);
    await lan.in(internet, "ip", "route", "add", "default", "via", LINE[0]);
    const child = lan.spawn({ name: internet }, Deno.execPath(), ["run", "-A", "tests/lan/internet.ts"]);
    const venue = new Venue(lan, router, modem, child);
    await venue.#listen();
    await venue.#restoreRoutes();
    return venue;
  }

  /** A machine on the switch that has the router for its way out and for its name server. */
  async host(label: string): Promise<Host> {
    const host = await this.lan.host(label);
    await this.lan.defaultRoute(host);
    this.lan.nameServer(host, ROUTER_ADDRESS);
    return host;
  }

  /** A box on the switch that answers on the wire for the address of the router, as a repeater does, and passes nothing on. */
  async repeater(label: string): Promise<Part> {
    const { name } = await this.lan.host(label);
    await this.lan.forward(name); // a machine only answers for others when it passes on
    await this.lan.in(name, "ip", "link", "add", "far", "type", "veth", "peer", "name", "nowhere");
    await this.lan.in(name, "ip", "link", "set", "far", "up");
    await this.lan.in(name, "ip", "route", "add", ROUTER_ADDRESS, "dev", "far");
    const proxy = (verb: "add" | "del") =>
      this.lan.in(name, "ip", "neigh", verb, "proxy", ROUTER_ADDRESS, "dev", "eth0").then(() => {});
    return { on: () => proxy("add"), off: () => proxy("del") };
  }

  /** The switch, and with it all of the local network. Every cable keeps its light. */
  readonly switch: Part = { off: () => this.lan.switchTo("off"), on: () => this.lan.switchTo("on") };

  /** Off: nobody answers behind the router. */
  readonly modem: Part = { off: () => this.#link("inside", "down"), on: () => this.#link("inside", "up") };

  /** The provider's way to the rest of the internet. Off: the provider itself still answers. */
  readonly provider: Part = { off: () => this.#link("line", "down"), on: () => this.#link("line", "up") };

  /** A sign-in page answers in place of every page; null: none does. */
  async portal(location: string | null): Promise<void> {
    const wish: Wish = { portal: location };
    await this.#wishes.write(new TextEncoder().encode(`${JSON.stringify(wish)}\n`));
  }

  /** Gives the router another address outside, with its prefix length, and the second hop one beside it; as it was: none given. */
  async outside(address = `${OUTSIDE}/29`, provider = PROVIDER): Promise<void> {
    const [router, prefix] = [this.router.host.name, address.slice(address.indexOf("/"))];
    const ends = [[router, "wan", address], [this.#modem, "inside", `${provider}${prefix}`]] as const;
    for (const [name, link, its] of ends) {
      await this.lan.in(name, "ip", "addr", "flush", "dev", link);
      await this.lan.in(name, "ip", "addr", "add", its, "dev", link);
    }
    await this.lan.in(router, "ip", "route", "replace", "default", "via", provider);
  }

  async close(): Promise<void> {
    await this.router.end();
    await this.#wishes.close().catch(() => {});
    await this.#internet.status;
    await this.lan.remove();
  }

  async #link(link: "inside" | "line", state: "up" | "down"): Promise<void> {
    await this.lan.in(this.#modem, "ip", "link", "set", link, state);
    if (state === "up") await this.#restoreRoutes();
  }

  /** Routes through a link go when it does. */
  async #restoreRoutes(): Promise<void> {
    await this.lan.in(this.#modem, "ip", "route", "replace", "default", "via", LINE[1]).catch(() => {}); // the line is down
    await this.lan.in(this.router.host.name, "ip", "route", "replace", "default", "via", PROVIDER);
  }

  async #listen(): Promise<void> {
    const lines = linesOf(this.#internet.stdout);
    const { value } = await lines.next();
    if (value === undefined) throw new Error("The internet did not start");
    void (async () => {
      for await (const line of lines) {
        const news = JSON.parse(line) as News;
        if (news.kind === "notice") this.notices.push(news);
      }
    })();
  }
}
