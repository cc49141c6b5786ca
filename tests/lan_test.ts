/** On a network of its own: the hub and registers as processes on hosts with addresses, cables and a second router. */
import assert from "node:assert/strict";
import { Lan, NO_LAN, NO_NAT } from "./lan/network.ts";
import { Shop, type Till, until } from "./lan/shop.ts";
import { unless } from "./support/skip.ts";

const OPS = 1_000;
const CABLE_OUT_MS = 10_000;

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

Deno.test(
  unless(
    NO_LAN,
    "[SYN6] a cable pulled in the middle of 1,000 ops: nothing lost, nothing twice",
    () =>
      withShop(async (shop, lan) => {
        const tills: Till[] = [];
        for (const name of ["bar", "till", "terrace", "window"]) {
          tills.push(await shop.add(name, await lan.host(name)));
        }
        const checks = await Promise.all(
          tills.map((till, i) => till.write({ kind: "check.open", number: `${"ABCD"[i]}1` })),
        );
        let [out, back] = [false, false];
        const from = performance.now();
        for (let i = 0; i < OPS; i++) {
          if (i === OPS / 4) {
            out = (await lan.cable(tills[0]!.host, "out"), true);
          }
          if (i === (OPS * 3) / 4) {
            await new Promise((resolve) => setTimeout(resolve, Math.max(0, CABLE_OUT_MS - (performance.now() - from))));
            back = (await lan.cable(tills[0]!.host, "in"), true);
          }
          await tills[i % 4]!.write({
            kind: "line.add",
            check: checks[(i * 7) % 4]!,
            name: "Beer",
            price: i,
            quantity: 1,
          });
        }
        assert.ok(out && back);
        const took = await until(
          async () => {
            const told = await Promise.all(tills.map((till) => till.ask()));
            return new Set(told.map(({ checks }) => checks)).size === 1 && told.every(({ unsynced }) => unsynced === 0);
          },
          "all four tell the same checks",
          60_000,
        );
        const { vector } = await tills[0]!.ask();
        assert.equal(Object.values(vector).reduce((a, b) => a + b, 0), OPS + 4);
        console.log(`alike ${(took / 1_000).toFixed(1)} s after the last op; the cable was out for half of them`);
      }),
  ),
);

Deno.test(
  unless(
    NO_NAT,
    "[RUL11] a register behind a second router is found by its address, and nobody else is accused",
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
      }),
  ),
);

Deno.test(
  unless(
    NO_LAN,
    "[CAU8] a register whose cable is out is silent, and says so again when it is back",
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
        assert.match((await stateOf(bar.id)).cause ?? "", /[Pp]robably/);
        assert.equal((await stateOf(till.id)).state, "ok");
        await lan.cable(bar.host, "in");
        await until(async () => (await stateOf(bar.id)).state === "ok", "Bar is heard again");
      }),
  ),
);

Deno.test(
  unless(
    NO_LAN,
    "[LNK1, LNK10] isolated from each other, two go through the hub and say why; unplugged, the hub is not missed",
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
