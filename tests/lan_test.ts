/** On a network of its own: the hub and registers as processes on hosts with addresses, cables and a second router. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import type { Page } from "playwright-core";
import type { CheckOp } from "../shared/check/op.ts";
import { compareOps } from "../shared/sync/op.ts";
import { alike } from "./lan/alike.ts";
import { type Host, Lan, NO_LAN, NO_NFT } from "./lan/network.ts";
import { addPage, type LanPage, pathTo, type PathTold } from "./lan/page.ts";
import { Shop, type Till, until } from "./lan/shop.ts";
import { NO_CHROMIUM } from "./support/chromium.ts";
import { buildPages } from "./support/prepare.ts";
import { addItem, bookOf, journalOf, linesOf, newCheck, openCheck, toBoard } from "./support/till_page.ts";
import { unless } from "./support/skip.ts";

const CABLE_OUT_S = Deno.env.get("COUNTERPART_CABLE_OUT_S"); // a minute in `deno task lan`, which alone takes the long way
const NOT_LONG = CABLE_OUT_S === undefined ? "takes most of a minute: deno task lan" : undefined;
const CABLE_OUT_MS = Number(CABLE_OUT_S ?? 3) * 1_000;
const OPS = NOT_LONG ? 400 : 1_000;
const LINES = 60;

async function withShop(run: (shop: Shop, lan: Lan) => Promise<void>): Promise<void> {
  const lan = await Lan.create();
  try {
    const shop = await Shop.open(lan);
    try {
      await run(shop, lan);
    } finally {
      await shop.stop();
    }
  } finally {
    await lan.remove();
  }
}

/** Writes OPS ops on all registers in turn; for half of them, and for CABLE_OUT_MS, the cable of `host` is out. Returns how many. */
async function sellWithCableOut(lan: Lan, tills: readonly Till[], host: Host, numbers: string): Promise<number> {
  const checks = await Promise.all(
    tills.map((till, i) => till.write({ kind: "check.open", number: numbers[i]! + "1" })),
  );
  const [out, back] = [OPS / 4, (OPS * 3) / 4];
  let from = 0;
  for (let i = 0; i < OPS; i++) {
    if (i === out) {
      await lan.cable(host, "out");
      from = performance.now();
    }
    if (i >= out && i < back) await passed(from + ((i - out) / (back - out)) * CABLE_OUT_MS);
    if (i === back) await lan.cable(host, "in");
    const check = checks[(i * 7) % checks.length]!;
    await tills[i % tills.length]!.write({ kind: "line.add", check, name: "Beer", price: i, quantity: 1 });
  }
  return OPS + checks.length;
}

async function passed(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

Deno.test(
  unless(
    NO_LAN,
    `[SYN6, LNK10] a cable pulled for ${
      CABLE_OUT_MS / 1_000
    } s in the middle of ${OPS} ops, a register's and the hub's: nothing lost or twice`,
    (t) =>
      withShop(async (shop, lan) => {
        for (const name of ["bar", "till", "terrace", "window"]) await shop.add(name, await lan.host(name));
        let ops = 0;
        for (
          const [whose, host, numbers] of [
            ["a register's", shop.tills[0]!.host, "ABCD"],
            ["the hub's", shop.hubHost, "EFGH"],
          ] as const
        ) {
          await t.step(whose, async () => {
            ops += await sellWithCableOut(lan, shop.tills, host, numbers);
            const took = await alike(shop, ops);
            console.log(`${ops} ops alike on the hub and four registers ${(took / 1_000).toFixed(1)} s after the last`);
          });
        }
      }),
  ),
);

Deno.test(
  unless(
    NO_NFT,
    "[RUL11, LNK1] a register behind a second router is found by its address, and sells with the others meanwhile",
    () =>
      withShop(async (shop, lan) => {
        const bar = await shop.add("Bar", await lan.host("bar"));
        const router = await lan.natRouter("router2");
        const hidden = await shop.add("Terrace", await lan.host("terrace", router));
        for (const till of [bar, hidden]) {
          await till.tell({
            kind: "report",
            report: { network: { ssid: "Shop", address: till.host.address, prefixLength: 24 } },
          });
        }
        let text = "";
        await until(async () => {
          const { findings } = await shop.view();
          text = findings.find(({ code, subject }) => code === "other-network" && subject === hidden.id)?.text ?? "";
          return text !== "";
        }, "other-network is found");
        assert.ok(text.includes(hidden.host.address) && text.includes(router.address), text);
        const { findings, registers } = await shop.view();
        assert.deepEqual(
          findings.filter(({ subject }) => subject === bar.id),
          [],
        );
        assert.equal(registers.find(({ id }) => id === bar.id)?.address, bar.host.address);

        const check = await bar.write({ kind: "check.open", number: "A1" });
        await until(async () => (await hidden.ask()).checks.includes(check), "Terrace has what Bar opened", 5_000);
        for (let i = 0; i < LINES; i++) {
          const line = { kind: "line.add", check, name: "Beer", price: i, quantity: 1 } as const;
          await (i % 2 === 0 ? bar : hidden).write(line);
        }
        await alike(shop, LINES + 1);
      }),
  ),
);

Deno.test(
  unless(
    NO_LAN ?? NOT_LONG,
    "[CAU13, CAU23] a register whose cable is out is silent, and says so again when it is back",
    () =>
      withShop(async (shop, lan) => {
        const [bar, till] = [
          await shop.add("Bar", await lan.host("bar")),
          await shop.add("Till", await lan.host("till")),
        ];
        const heard = async () => (await shop.view()).registers.filter(({ state }) => state === "ok").length;
        await until(async () => await heard() === 2, "both are heard");
        await lan.cable(bar.host, "out");
        const stateOf = async (id: string) => (await shop.view()).registers.find((register) => register.id === id)!;
        await until(async () => (await stateOf(bar.id)).state === "silent", "Bar is silent", 60_000);
        const isOff = async () => (await stateOf(bar.id)).cause === "Probably it is off the Wi-Fi, or switched off.";
        await until(isOff, "its address was asked, and nobody has it");
        assert.equal((await stateOf(till.id)).state, "ok");
        await lan.cable(bar.host, "in");
        await until(async () => (await stateOf(bar.id)).state === "ok", "Bar is heard again");
      }),
  ),
);

Deno.test(
  unless(
    NO_LAN,
    `[LNK1, LNK10] isolated from each other, two go through the hub and say why${
      NOT_LONG ? "" : "; unplugged, the hub is not missed"
    }`,
    () =>
      withShop(async (shop, lan) => {
        const hosts = await Promise.all(["bar", "till", "terrace"].map((name) => lan.host(name)));
        await lan.isolate([hosts[0]!, hosts[1]!], true);
        const tills: Till[] = [];
        for (const [i, host] of hosts.entries()) tills.push(await shop.add(["Bar", "Till", "Terrace"][i]!, host));
        const [bar, till, terrace] = tills as [Till, Till, Till];
        const pathOf = async (from: Till, to: Till) => (await from.ask()).links.find(({ peer }) => peer === to.id);

        await until(async () => (await pathOf(bar, terrace))?.path === "direct", "Bar is linked to Terrace");
        await until(async () => (await pathOf(till, terrace))?.path === "direct", "Till is linked to Terrace");
        await until(
          async () => /cannot reach each other directly/.test((await pathOf(bar, till))?.why ?? ""),
          "why Bar and Till are not",
        );
        assert.equal((await pathOf(bar, till))?.path, "relay");
        const one = await bar.write({ kind: "check.open", number: "A1" });
        await until(async () => (await till.ask()).checks.includes(one), "Till has it by the hub", 5_000);

        if (NOT_LONG) return; // what follows waits until the hub is missed, and until links are tried again
        await lan.cable(shop.hubHost, "out");
        await until(async () => (await bar.ask()).state !== "online", "Bar knows that the hub is away");
        const two = await bar.write({ kind: "check.open", number: "A2" });
        await until(async () => (await terrace.ask()).checks.includes(two), "Terrace has it directly", 5_000);
        await until(async () => (await till.ask()).checks.includes(two), "Till has it by Terrace", 15_000);

        await lan.isolate([hosts[0]!, hosts[1]!], false);
        await lan.cable(shop.hubHost, "in");
        await until(async () => (await shop.view()).checks.open === 2, "the hub has everything");
        await until(async () => (await pathOf(bar, till))?.path === "direct", "Bar and Till are linked, too", 90_000);
      }),
  ),
);

Deno.test({
  ...unless(
    NO_NFT ?? NO_CHROMIUM,
    "[LNK1, LNK6] where multicast is dropped, pages sell together through the hub and say why; where it passes, directly",
    () =>
      withShop(async (shop, lan) => {
        assert.ok(await buildPages());
        const pages: LanPage[] = [];
        try {
          for (const name of ["Bar", "Till"]) {
            pages.push(await addPage(lan, shop, name, await lan.host(name.toLowerCase())));
          }
          await sellTogether(shop, pages);
          await whenBoth(pages, ({ path }) => path.startsWith("direct, "), "both are linked directly");
          await lan.multicast("dropped");
          for (const { page } of pages) await page.goto(`${shop.url}/register`);
          await sellTogether(shop, pages);
          const apart = /cannot reach each other directly/;
          const saysWhy = ({ path, why }: PathTold) => path === "through the hub" && apart.test(why ?? "");
          await whenBoth(pages, saysWhy, "both go through the hub and say why");
          await until(async () => {
            const between = (await shop.view()).links.filter(({ peer }) => peer !== "hub");
            return between.length === 2 && between.every(({ path, why }) => path === "relay" && apart.test(why ?? ""));
          }, "the manager is told why");
        } finally {
          for (const { browser } of pages) await browser.close();
        }
      }),
  ),
  sanitizeResources: false, // the browser keeps its own pipes
  sanitizeOps: false,
});

/** A check is opened on the first page, and both order on it; in the end the pages and the hub have the same. */
async function sellTogether(shop: Shop, pages: readonly LanPage[]): Promise<void> {
  const [first, second] = pages.map(({ page }) => page) as [Page, Page];
  const number = await newCheck(first);
  await openCheck(second, number);
  for (const [i, page] of [first, second, first, second].entries()) {
    await addItem(page, "Kitchen", "Fries");
    for (const other of [first, second]) await linesOf(other).nth(i).waitFor();
  }
  const [one, other] = await Promise.all([journalOf(first), journalOf(second)]);
  const inOrder = (ops: readonly CheckOp[]) => ops.toSorted(compareOps);
  assert.deepEqual(inOrder(one!), inOrder(other!));
  for (const check of bookOf(one!).all()) {
    assert.deepEqual(await shop.check(check.id), JSON.parse(JSON.stringify(check)), `check ${check.number} at the hub`);
  }
  for (const page of [first, second]) await toBoard(page);
}

/** Until both pages' Diagnostics tell such a path to the other. */
async function whenBoth(pages: readonly LanPage[], holds: (told: PathTold) => boolean, what: string): Promise<void> {
  for (const { page } of pages) await page.getByRole("link", { name: /^Diagnostics/ }).click();
  await until(async () => (await Promise.all(pages.map(pathTo))).every(holds), what);
}

const LEAVES_ONE = `
  import { Lan } from "${import.meta.resolve("./lan/network.ts")}";
  const lan = await Lan.create();
  console.log(lan.spawn(await lan.host("left"), "sleep", ["600"]).pid);
  await new Promise((never) => setTimeout(never, 600_000));`;

Deno.test(
  unless(NO_LAN, "a network that a killed run left behind is removed by the next, with what runs in it", async () => {
    const killed = new Deno.Command(Deno.execPath(), { args: ["eval", LEAVES_ONE], stdout: "piped" }).spawn();
    const said = killed.stdout.getReader();
    const sleeper = Number(new TextDecoder().decode((await said.read()).value));
    killed.kill("SIGKILL");
    await said.cancel();
    await killed.status;
    assert.ok(namespaces().some((name) => name === `cplan${killed.pid}-left`));
    assert.ok(existsSync(`/proc/${sleeper}`));

    const lan = await Lan.create();
    try {
      assert.deepEqual(namespaces().filter((name) => name.startsWith(`cplan${killed.pid}-`)), []);
      await until(() => Promise.resolve(!existsSync(`/proc/${sleeper}`)), "what ran on its host has ended");
    } finally {
      await lan.remove();
    }
    assert.deepEqual(namespaces().filter((name) => name.startsWith(`cplan${Deno.pid}-`)), []);
  }),
);

function namespaces(): string[] {
  return existsSync("/run/netns") ? readdirSync("/run/netns") : [];
}
