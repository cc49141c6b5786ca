/**
 * Rules about the network against networks that are wrong in just that way: each fault is found by its own rule and by no other, and the
 * hub says nothing once it is mended. One venue and one hub for all; what was measured is printed from the fault to the verdict.
 */
import assert from "node:assert/strict";
import { InstallView } from "../shared/install_api.ts";
import { DhcpAnswer } from "../shared/probe_api.ts";
import { frankRouter, miniupnpd, Repeater, rogueDhcp, twinOf } from "./lan/faults.ts";
import { type Host, NO_ROUTER } from "./lan/network.ts";
import { addPage, type LanPage } from "./lan/page.ts";
import { Shop, until } from "./lan/shop.ts";
import { PROBE_TARGETS, Venue } from "./lan/venue.ts";
import { NO_CHROMIUM } from "./support/chromium.ts";
import { buildPages, has } from "./support/prepare.ts";
import { unless } from "./support/skip.ts";

const NO_UPNP = !has("miniupnpd");
const WITHIN_MS = 60_000;
const BACK_WITHIN_MS = 2 * 60_000; // links are tried again each minute
const ISOLATED = "registers-isolated venue";
const TRIED_AGAIN_MS = 15_000; // a link in doubt is given up after ten seconds, and another try takes five
const DEAF = "multicast-blocked venue";

interface Lab {
  readonly venue: Venue;
  readonly shop: Shop;
}

/** What the hub finds now, as "code subject". */
async function found({ shop }: Lab): Promise<string[]> {
  const { findings, registers } = await shop.view();
  const nameOf = (subject: string) => registers.find(({ id }) => id === subject)?.name ?? subject;
  return findings.map(({ code, subject }) => `${code} ${nameOf(subject)}`).sort();
}

/** Waits until `what` is found, or nothing any more, and never anything else meanwhile. */
async function finds(lab: Lab, fault: string, what: string | null, withinMs = WITHIN_MS): Promise<void> {
  const before = await found(lab);
  const tookMs = await until(
    async () => {
      const now = await found(lab);
      const strange = now.filter((each) => ![what, ...before].includes(each));
      assert.deepEqual(strange, [], fault);
      return what === null ? now.length === 0 : now.includes(what) && now.length === 1;
    },
    `${fault}: ${what ?? "nothing"} is found`,
    withinMs,
  );
  tell(fault, what ?? "silence", tookMs);
}

function tell(fault: string, verdict: string, ms: number): void {
  console.log(`${fault}: ${verdict} after ${(ms / 1_000).toFixed(1)} s`);
}

const passed = (ms: number) => new Promise((done) => setTimeout(done, Math.max(0, ms)));

async function rowOf({ shop }: Lab, code: string) {
  return InstallView.parse(await shop.get("/api/install")).rows.find((row) => row.code === code)!;
}

Deno.test(
  unless(
    NO_ROUTER,
    "[RUL11, RUL14, RUL34, RUL36, RUL44, RUL46, RUL47] each fault of a network by its own rule, and silence once it is mended",
    () => inLab(oneByOne),
  ),
);

async function inLab(work: (lab: Lab) => Promise<void>): Promise<void> {
  const venue = await Venue.open();
  try {
    const hubHost = await venue.host("hub");
    const shop = await Shop.open(venue.lan, { hubHost, args: ["--probe-targets", PROBE_TARGETS] });
    try {
      await work({ venue, shop });
    } finally {
      await shop.stop();
    }
  } finally {
    await venue.close();
  }
}

async function oneByOne(lab: Lab): Promise<void> {
  await keptApart(lab);
  await routers(lab);
  await oneServer(lab);
  await secondServer(lab);
  await behindRepeater(lab);
  await behindRouter(lab);
  await privateHop(lab);
  await conflict(lab);
  await noMulticast(lab);
}

/** Two registers on a Wi-Fi that keeps its devices apart from the beginning, and from when somebody set it so while they were linked. */
async function keptApart(lab: Lab): Promise<void> {
  const { venue, shop } = lab;
  const pair = [await venue.host("bar"), await venue.host("till")];
  await venue.lan.isolate(pair, true);
  await shop.add("Bar", pair[0]!);
  await shop.add("Till", pair[1]!);
  await finds(lab, "client isolation where two registers begin", ISOLATED);
  await venue.lan.isolate(pair, false);
  await finds(lab, "client isolation off", null, BACK_WITHIN_MS);
  await linked(lab);
  await venue.lan.isolate(pair, true);
  await finds(lab, "client isolation while two registers are linked", ISOLATED);
  await passed(TRIED_AGAIN_MS);
  assert.deepEqual(await found(lab), [ISOLATED], "and while the link is given up and tried again");
  await venue.lan.isolate(pair, false);
  await finds(lab, "client isolation off again", null, BACK_WITHIN_MS);
}

/** Until every register has a direct link to every other. */
async function linked({ shop }: Lab): Promise<void> {
  await until(
    async () => {
      const { links, registers } = await shop.view();
      const between = links.filter(({ peer, path }) => peer !== "hub" && path === "direct");
      return between.length === registers.length * (registers.length - 1);
    },
    "all are linked directly",
    BACK_WITHIN_MS,
  );
}

/** Routers by what they really tell over UPnP and NAT-PMP and by who is behind them: `deno task doctor` asks as the hub does, but at once. */
async function routers({ venue, shop }: Lab): Promise<void> {
  const cases = [
    ["a public address outside", "5.9.10.2/29", "5.9.10.1", "healthy", /address outside is 5\.9\.10\.2/],
    ["CGNAT", "100.64.3.2/29", "100.64.3.1", "healthy", /CGNAT, 100\.64\.3\.1/],
    [
      "a private address that the router keeps to itself",
      "192.168.100.2/29",
      "192.168.100.1",
      "warn",
      /192\.168\.100\.1/,
    ],
  ] as const;
  if (NO_UPNP) console.log("Routers that tell by UPnP are not tried: there is no miniupnpd command");
  for (const [what, outside, provider, level, says] of NO_UPNP ? [] : cases) {
    await venue.outside(outside, provider);
    const router = await miniupnpd(venue);
    await examine(venue, shop.hubHost, { what, level, says });
    await router.stop();
  }
  await venue.outside("192.168.100.2/29", "192.168.100.1");
  const router = await frankRouter(venue, "192.168.100.2");
  await examine(venue, shop.hubHost, {
    what: "a private address that it tells",
    level: "fail",
    says: /192\.168\.100\.2/,
  });
  await router.stop();
  await venue.outside();
}

/** What the doctor says of the router from this machine, and that it says nothing else is wrong. */
async function examine(
  venue: Venue,
  host: Host,
  { what, level, says }: { what: string; level: "healthy" | "warn" | "fail"; says: RegExp },
): Promise<void> {
  const { rules, exit, tookMs } = await doctor(venue, host);
  const combo = rules.find(({ code }) => code === "router-combo")!;
  assert.equal(combo.severity ?? combo.kind, level, what);
  assert.match(JSON.stringify(combo), says, what);
  assert.deepEqual(rules.filter((rule) => rule.kind === "broken" && rule !== combo).map(({ code }) => code), [], what);
  assert.equal(exit, level === "fail" ? 1 : 0, what);
  tell(`a router with ${what}`, `router-combo ${level}`, tookMs);
}

interface Examined {
  readonly rules: readonly { readonly code: string; readonly kind: string; readonly severity?: string }[];
  readonly exit: number;
  readonly tookMs: number;
}

/** Runs `deno task doctor` on this machine. */
async function doctor({ lan }: Venue, host: Host, ...flags: string[]): Promise<Examined> {
  const from = performance.now();
  const args = ["run", "-A", "--quiet", "server/doctor.ts", "--json", "--probe-targets", PROBE_TARGETS, ...flags];
  const child = lan.spawn(host, Deno.execPath(), args);
  await child.stdin.close();
  const [text, { code: exit }] = await Promise.all([new Response(child.stdout).text(), child.status]);
  return { rules: JSON.parse(text).rules, exit, tookMs: performance.now() - from };
}

/** The button of the installer's page, pressed until the hub asks: it does not ask again at once. The servers, and how long it took. */
async function ask({ shop }: Lab): Promise<{ readonly servers: readonly string[]; readonly tookMs: number }> {
  let said: unknown;
  let from = 0;
  await until(async () => {
    from = performance.now();
    said = await shop.post("/api/probes/dhcp");
    return !JSON.stringify(said).includes("asked-just-now");
  }, "the network may be asked again");
  const tookMs = performance.now() - from;
  const answer = DhcpAnswer.parse(said);
  assert.ok(answer.kind === "known", JSON.stringify(answer));
  assert.ok(answer.servers.every(({ mac }) => mac !== null), JSON.stringify(answer));
  return { servers: answer.servers.map(({ address }) => address).sort(), tookMs };
}

async function oneServer(lab: Lab): Promise<void> {
  const { servers } = await ask(lab);
  assert.deepEqual(servers, [lab.venue.router.host.address]);
  assert.equal((await rowOf(lab, "second-dhcp")).state, "passed");
}

async function secondServer(lab: Lab): Promise<void> {
  const rogue = await rogueDhcp(lab.venue);
  const { servers, tookMs } = await ask(lab);
  const { rules, exit } = await doctor(lab.venue, lab.shop.hubHost, "--dhcp");
  assert.deepEqual([exit, rules.find(({ code }) => code === "second-dhcp")?.severity], [1, "fail"]);
  assert.deepEqual(servers, [lab.venue.router.host.address, rogue.host.address].sort());
  tell("a rogue DHCP server", "both answered", tookMs);
  await finds(lab, "a rogue DHCP server, both having answered", "second-dhcp venue");
  await rogue.stop();
  await ask(lab);
  await finds(lab, "the rogue server unplugged, and asked again", null);
}

async function behindRepeater(lab: Lab): Promise<void> {
  const { venue, shop } = lab;
  const repeater = await Repeater.plugIn(venue);
  const terrace = await shop.add("Terrace", await repeater.behind("terrace"));
  const window = await shop.add("Window", await repeater.behind("window"));
  await finds(lab, "two registers behind a repeater", "extender-suspected venue");
  for (const till of [terrace, window]) await shop.remove(till);
  await finds(lab, "the repeater's registers un-enrolled", null);
}

async function behindRouter(lab: Lab): Promise<void> {
  const { venue, shop } = lab;
  const host = await venue.lan.host("garden", await venue.lan.natRouter("extender"));
  const garden = await shop.add("Garden", host);
  await garden.tell({ kind: "report", report: { network: { address: host.address, prefixLength: 24 } } });
  await finds(lab, "a register behind an extender that is a router", "other-network Garden");
  await shop.remove(garden);
  await finds(lab, "that register un-enrolled", null);
}

async function privateHop(lab: Lab): Promise<void> {
  await lab.venue.outside("192.168.100.2/29", "192.168.100.1");
  await finds(lab, "a private second hop", "router-combo venue");
  await lab.venue.outside();
  await finds(lab, "a public second hop", null);
}

async function conflict(lab: Lab): Promise<void> {
  const { venue, shop } = lab;
  const door = await shop.add("Door", await venue.host("door"));
  const isThere = async () => (await shop.view()).registers.some(({ id, state }) => id === door.id && state === "ok");
  await until(isThere, "the register is heard");
  const probedAt = async () => (await shop.view()).router.checkedAt;
  const before = await probedAt();
  await until(async () => await probedAt() !== before, "a round of probes with it");
  assert.equal((await rowOf(lab, "address-conflict")).state, "passed", "it is known whose its address is");
  const twin = await twinOf(venue.lan, door.host);
  await finds(lab, "a second device with a register's address", "address-conflict Door");
  await twin.stop();
  await shop.remove(door); // what was seen behind its address would be remembered for ten minutes
  await finds(lab, "that device gone, and the register un-enrolled", null);
}

/** Headless registers tell their addresses and do not need multicast to find each other: nothing is wrong without it. */
async function noMulticast(lab: Lab): Promise<void> {
  await lab.venue.lan.multicast("dropped");
  await passed(6_000);
  assert.deepEqual(await found(lab), []);
  assert.equal((await rowOf(lab, "multicast-blocked")).state, "passed");
}

Deno.test({
  ...unless(
    NO_ROUTER ?? NO_CHROMIUM,
    "[RUL36, RUL37, MDN10] pages that hide their addresses: kept apart, or not to be found, each told as that alone",
    async () => {
      assert.ok(await buildPages());
      await inLab(async (lab) => {
        const { venue, shop } = lab;
        const pages: LanPage[] = [];
        try {
          const pair = [await venue.host("bar"), await venue.host("till")];
          for (const [i, host] of pair.entries()) {
            pages.push(await addPage(venue.lan, shop, ["Bar", "Till"][i]!, host));
          }
          await linked(lab);
          const again = () => Promise.all(pages.map(({ page }) => page.goto(`${shop.url}/register`)));

          await venue.lan.isolate(pair, true);
          await again();
          await finds(lab, "client isolation between two pages", ISOLATED);
          await until(async () => (await shop.view()).findings[0]?.strength === "A", "each can be found: it is proven");
          await venue.lan.isolate(pair, false);
          await finds(lab, "client isolation off", null, BACK_WITHIN_MS);

          await linked(lab);
          await venue.lan.multicast("dropped");
          await again();
          await finds(lab, "multicast dropped between two pages", DEAF);
          await venue.lan.multicast("passing");
          await finds(lab, "multicast passes", null, BACK_WITHIN_MS);
        } finally {
          for (const { browser } of pages) await browser.close();
        }
      });
    },
  ),
  sanitizeResources: false, // the browser keeps its own pipes
  sanitizeOps: false,
});
