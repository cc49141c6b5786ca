/** Every rung of the ladder on a network of its own: a fault is put in, told as that and nothing else, taken out, and it is quiet again. */
import assert from "node:assert/strict";
import { alike } from "./lan/alike.ts";
import { NOTICES } from "./lan/internet.ts";
import { NO_ROUTER } from "./lan/network.ts";
import { Shop, until } from "./lan/shop.ts";
import { type Fault, since, suffer } from "./lan/trouble.ts";
import { type Part, PROBE_TARGETS, Venue } from "./lan/venue.ts";
import { unless } from "./support/skip.ts";

const NAMES = ["Bar", "Till", "Terrace", "Window"];
const HEALTHY_S = Number(Deno.env.get("COUNTERPART_HEALTHY_S") ?? 60); // ten minutes in `deno task ladder`
const REST_S = 600; // for all else that is waited for here
const LONG_S = 300; // what the network of a register is judged by
const AFTERMATH_S = 150; // after an end children are held back for a minute; then a fault would be told within another
const OPS_PER_S = 4; // a busy evening: a line a second on each register
const HUB_AWAY_MS = 17_000; // longer than what passes without a word
const MORE_WITHIN_MS = 3_000; // a second message would be on its way by then
const SIGN_IN = "http://wifi.example.net/sign-in";

Deno.test({
  ...unless(
    NO_ROUTER,
    `[LAD1] [LAD2] [LAD3] [LAD9] each fault of a shop's network is told as that alone; ${HEALTHY_S} s without one are silent`,
    async (t) => {
      // Two shops side by side: each waits most of the time. After a router is back what hangs on it is told later, so the order matters.
      const together = { sanitizeOps: false, sanitizeResources: false, sanitizeExit: false };
      await Promise.all([
        t.step({
          name: "from a sign-in page inwards to the hub's own cable",
          ...together,
          fn: () =>
            inShop(async (venue, shop) => {
              for (const fault of rungs(venue, shop)) await suffer(shop, fault);
            }),
        }),
        t.step({
          name: `[LAD4] [LAD5] [LAD10] [INC11] ${HEALTHY_S} s of peace, then the router, then all of it`,
          ...together,
          fn: () =>
            inShop(async (venue, shop) => {
              const ops = await sellInPeace(shop, HEALTHY_S);
              if (HEALTHY_S >= LONG_S) {
                await suffer(shop, cableOut(shop)); // what was lost meanwhile must not be held against the registers later
                await sellInPeace(shop, AFTERMATH_S, ops);
              }
              await routerDies(venue, shop);
              await allDie(venue, shop);
            }),
        }),
      ]);
    },
  ),
  timeout: (2 * HEALTHY_S + REST_S) * 1_000,
});

/** A shop that is open: all four registers are heard, and the internet answers. */
async function inShop(work: (venue: Venue, shop: Shop) => Promise<void>): Promise<void> {
  const venue = await Venue.open();
  try {
    const args = ["--probe-targets", PROBE_TARGETS, "--https-port", "off"];
    const shop = await Shop.open(venue.lan, { hubHost: await venue.host("hub"), args });
    try {
      for (const name of NAMES) await shop.add(name, await venue.host(name.toLowerCase()));
      await until(async () => {
        const { registers, internet } = await shop.view();
        return internet.state === "ok" && registers.every(({ state }) => state === "ok");
      }, "all are heard, and the internet answers");
      await work(venue, shop);
    } finally {
      await shop.stop();
    }
  } finally {
    await venue.close();
  }
}

/**
 * Ops on all registers all the time, after `before` of them. No finding was ever there, not even one that went again. How many ops there
 * are in the end.
 */
async function sellInPeace(shop: Shop, seconds: number, before = 0): Promise<number> {
  const { incidents } = await shop.view();
  const checks = await Promise.all(
    shop.tills.map((till, i) => till.write({ kind: "check.open", number: `${"ABCD"[i]}${before + 1}` })),
  );
  const from = performance.now();
  let ops = before + checks.length;
  for (; performance.now() - from < seconds * 1_000; ops++) {
    const check = checks[(ops * 7) % checks.length]!;
    const till = shop.tills[ops % shop.tills.length]!;
    await till.write({ kind: "line.add", check, name: "Beer", price: ops, quantity: 1 });
    if (ops % OPS_PER_S === 0) {
      const view = await shop.view();
      assert.deepEqual([...view.findings, ...since(incidents, view)].map(({ code, text }) => `${code}: ${text}`), []);
    }
    await passed(1_000 / OPS_PER_S);
  }
  await alike(shop, ops);
  console.log(`${ops - before} ops in ${seconds} s of peace, and no finding`);
  return ops;
}

/**
 * From the outside inwards: what is told after one thing must not depend on it. Behind the router registers lose nothing, so there is
 * nothing to explain.
 */
function rungs(venue: Venue, shop: Shop): Fault[] {
  const names: Part = {
    off: () => Promise.resolve(venue.router.namesOff()),
    on: () => Promise.resolve(venue.router.namesOn()),
  };
  const portal: Part = { off: () => venue.portal(SIGN_IN), on: () => venue.portal(null) };
  return [
    { name: "sign-in page", part: portal, says: /A sign-in page answers/, code: "shared-network", effects: [] },
    { name: "router's name server hangs", part: names, says: /names are not found/, code: "dns-down", effects: [] },
    { name: "provider off", part: venue.provider, says: /it is the provider/, code: "internet-down", effects: [] },
    {
      name: "modem off",
      part: venue.modem,
      says: /the modem or the internet provider does not/,
      code: "modem-down",
      effects: [],
    },
    cableOut(shop),
  ];
}

/** Without its own cable the hub hears none of them, and once it is back gets what waited on the way: no clock is slow for that. */
function cableOut({ lan, hubHost }: Shop): Fault {
  return {
    name: "hub's cable out",
    part: { off: () => lan.cable(hubHost, "out"), on: () => lan.cable(hubHost, "in") },
    says: /own cable or Wi-Fi has no connection/,
    code: "hub-link-down",
    effects: ["register-silent"],
  };
}

async function routerDies(venue: Venue, shop: Shop): Promise<void> {
  const repeater = await venue.repeater("repeater");
  const evidence = async () => (await shop.view()).findings.flatMap((finding) => finding.evidence).join(" ");
  const incident = await suffer(shop, {
    name: "router off, others alive",
    part: { off: () => venue.router.off(), on: () => venue.router.on() },
    says: /The router is down/,
    code: "router-down",
    effects: [], // registers are heard as before
    meanwhile: async () => {
      await repeater.on();
      await venue.lan.forgetNeighbours(shop.hubHost); // as it does by itself after a minute
      await until(
        async () => /another machine, [\da-f:]{17}, answers for its address/.test(await evidence()),
        "by MAC",
      );
      await repeater.off();
    },
  });
  assert.doesNotMatch(incident.text, /Because of it/);
}

/** The switch and the router in one box are off, the hub loses its power meanwhile, and the office is told once, when it can be. */
async function allDie(venue: Venue, shop: Shop): Promise<void> {
  await shop.put("/api/notices/channels", {
    channels: [{
      ...{ kind: "webhook", name: "Office", on: true, severities: ["fail", "warn"], when: "any-time" },
      url: NOTICES,
    }],
  });
  const { incidents: before } = await shop.view();
  let id = "";
  const incident = await suffer(shop, {
    name: "router and network off",
    part: {
      off: () => Promise.all([venue.switch.off(), venue.router.off()]).then(() => {}),
      on: () => Promise.all([venue.switch.on(), venue.router.on()]).then(() => {}),
    },
    says: /router or the whole local network is down/,
    code: "router-down",
    effects: ["register-silent"], // the registers are cut off with it
    meanwhile: async () => {
      const open = async () => (await shop.view()).incidents.find(({ resolvedAt }) => resolvedAt === null);
      await until(async () => (await open())?.effects.length === NAMES.length, "four effects");
      id = (await open())!.id;
      await shop.killHub();
      await passed(HUB_AWAY_MS);
      await shop.restartHub();
      await until(async () => (await shop.view()).router.state === "down", "the router is probed again");
      assert.deepEqual(venue.notices, [], "there is no way to the office yet");
    },
  });
  assert.equal(incident.id, id, "the incident went on");
  assert.deepEqual(
    incident.effects.map(({ code, name }) => `${code} ${name}`).toSorted(),
    NAMES.map((name) => `register-silent ${name}`).toSorted(),
  );
  const told = since(before, await shop.view());
  assert.deepEqual(told.map(({ code }) => code).toSorted(), ["hub-off", "router-down"], "and the gap is the hub's own");
  await until(() => Promise.resolve(venue.notices.length > 0), "the office is told");
  await passed(MORE_WITHIN_MS);
  assert.deepEqual(
    venue.notices.map(({ body }) => body.notices.map(({ code, kind }: Record<string, string>) => [code, kind])),
    [[["router-down", "fall"]]],
    "once, of one thing",
  );
}

function passed(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
