/**
 * An evening at a venue, heartbeat by heartbeat over real HTTP, with the hub's clock turned by hand: each trouble is found with numbers in
 * its text, after its settle time and not before, and goes again once it is mended.
 */
import assert from "node:assert/strict";
import { type Beat, House, NETWORK } from "./support/house.ts";
import { openLabHub } from "./support/lab_hub.ts";

interface Trouble {
  readonly name: string;
  readonly says: Beat | null;
  readonly finding: string; // code and subject
  readonly text: RegExp;
  readonly notBeforeS: number;
  readonly withinS: number;
}

const TROUBLES: readonly Trouble[] = [
  {
    name: "another version of the app",
    says: { app: { version: "3.1.4" } },
    finding: "version-mismatch venue",
    text: /3\.1\.4.*3\.2\.0|3\.2\.0.*3\.1\.4/,
    notBeforeS: 5,
    withinS: 20,
  },
  {
    name: "an old iPad",
    says: { device: { model: "iPad (4th generation)" } },
    finding: "device-too-old Terrace",
    text: /Terrace.*iPad \(4th generation\)/,
    notBeforeS: 5,
    withinS: 20,
  },
  {
    name: "another Wi-Fi",
    says: { network: { ...NETWORK, ssid: "Guest" } },
    finding: "other-network Terrace",
    text: /Terrace.*Guest.*Shop/,
    notBeforeS: 5,
    withinS: 20,
  },
  {
    name: "a weak signal of −75 dBm",
    says: { network: { ...NETWORK, rssiDbm: -75 } },
    finding: "signal-weak Terrace",
    text: /Terrace.*−75 dBm/,
    notBeforeS: 5,
    withinS: 330, // the median of five minutes has to follow
  },
  {
    name: "2.4 GHz",
    says: { network: { ...NETWORK, band: "2.4GHz", channel: 6 } },
    finding: "band-2ghz Terrace",
    text: /Terrace is on 2\.4 GHz, channel 6/,
    notBeforeS: 15,
    withinS: 30,
  },
  {
    name: "a crowded channel",
    says: { network: { ...NETWORK, utilisationPercent: 80 } },
    finding: "channel-busy Terrace",
    text: /Terrace is in use 80 % of the time/,
    notBeforeS: 15,
    withinS: 30,
  },
  {
    name: "a slow network",
    says: { links: [{ peer: "hub", path: "direct", rttMs: 150, lossPercent: 0 }] },
    finding: "lan-slow Terrace",
    text: /Between Terrace and the hub.* over 150 ms/,
    notBeforeS: 15, // one in twenty of five minutes
    withinS: 330,
  },
  {
    name: "auto-lock after two minutes",
    says: { state: { foreground: true, autoLock: 2 } },
    finding: "auto-lock-on Terrace",
    text: /Terrace.*2 min/,
    notBeforeS: 5,
    withinS: 20,
  },
  {
    name: "the app hidden",
    says: { state: { foreground: false, autoLock: "never" } },
    finding: "app-hidden Terrace",
    text: /Terrace/,
    notBeforeS: 30,
    withinS: 50,
  },
  {
    name: "changes that reach nobody",
    says: { unsynced: 3 },
    finding: "unsynced-changes Terrace",
    text: /3 .*Terrace|Terrace.* 3 /,
    notBeforeS: 30,
    withinS: 50,
  },
  {
    name: "a register that stops",
    says: null,
    finding: "register-silent Terrace",
    text: /Terrace/,
    notBeforeS: 10, // 15 s after its last heartbeat, which came up to 5 s before it stopped
    withinS: 25,
  },
];

for (const { name, says, finding, text, notBeforeS, withinS } of TROUBLES) {
  Deno.test(`[INC1] an evening with ${name}: found on time, alone, and gone when mended`, async () => {
    const house = await House.open(["Bar", "Till 1", "Terrace", "Window"]);
    try {
      house.says("Terrace", says);
      const took = await house.until(finding, true, withinS);
      assert.ok(took >= notBeforeS, `found after ${took} s, before it can be known`);
      const found = await house.lab.found();
      assert.deepEqual(found.filter((key) => key !== finding), [], "nothing else is accused");
      assert.match(await house.textOf(finding.split(" ")[0]!), text);
      assert.notEqual((await house.lab.view()).verdict.level, "ok");
      house.heal("Terrace");
      await house.until(finding, false, 11 * 60);
      await house.pass(60);
      assert.deepEqual(await house.lab.found(), []);
      const { verdict, incidents } = await house.lab.view();
      assert.equal(verdict.level, "ok");
      assert.ok(incidents.length > 0 && incidents.every((incident) => incident.resolvedAt !== null));
    } finally {
      await house.lab.stop();
    }
  });
}

Deno.test("[RUL4] a fifth register is a warning with the number in it, and goes when one is un-enrolled", async () => {
  const house = await House.open(["Bar", "Till 1", "Terrace", "Window"]);
  try {
    await house.join("Door");
    await house.until("too-many-registers venue", true, 30);
    assert.match(await house.textOf("too-many-registers"), /\b5\b/);
    const door = house.registers.pop()!;
    await house.lab.call(`/api/registers/${door.registerId}`, { method: "DELETE" });
    await house.until("too-many-registers venue", false, 30);
  } finally {
    await house.lab.stop();
  }
});

Deno.test("[RUL5] while registers are being updated a mismatch is a warning only, and ends with the last of them", async () => {
  const house = await House.open(["Bar", "Till 1"]);
  try {
    house.says("Bar", { app: { version: "3.3.0" } });
    await house.until("version-mismatch venue", true, 20);
    assert.equal((await house.lab.view()).findings.find(({ code }) => code === "version-mismatch")?.severity, "warn");
    await house.pass(11 * 60);
    assert.equal((await house.lab.view()).findings.find(({ code }) => code === "version-mismatch")?.severity, "fail");
    house.says("Till 1", { app: { version: "3.3.0" } });
    await house.until("version-mismatch venue", false, 60);
  } finally {
    await house.lab.stop();
  }
});

Deno.test("[VER7] a failure that came later stands before an older warning in the list of what to do, as at the top", async () => {
  const house = await House.open(["Bar", "Till 1"]);
  try {
    house.says("Bar", { network: { ...NETWORK, band: "2.4GHz", channel: 6 } });
    await house.until("band-2ghz Bar", true, 60);
    house.says("Till 1", { state: { foreground: false, autoLock: "never" } });
    await house.until("app-hidden Till 1", true, 60);
    const { findings, verdict } = await house.lab.view();
    assert.deepEqual(findings.map(({ code }) => code), ["app-hidden", "band-2ghz"]);
    assert.match(verdict.text, /Till 1.*, and 1 more thing to look at\.$/);
  } finally {
    await house.lab.stop();
  }
});

/** As a browser's beacon sends it: plain text, the token inside. */
async function lastWords(house: House, name: string, words: Record<string, unknown>, token?: string): Promise<number> {
  const known = house.registers.find((register) => register.name === name)?.token;
  const text = JSON.stringify({ token: token ?? known, sentAt: new Date(house.lab.clock.now).toISOString(), ...words });
  const raw = new Blob([text], { type: "text/plain;charset=UTF-8" });
  return (await house.lab.call("/api/last-words", { raw })).status;
}

Deno.test("[CAU27] last words by beacon become the cause; who comes back takes them back", async () => {
  const house = await House.open(["Bar", "Till 1", "Terrace"]);
  const causeOf = async (name: string) => (await house.lab.view()).registers.find((each) => each.name === name)?.cause;
  try {
    assert.equal(await lastWords(house, "Bar", { kind: "hidden", idleSeconds: 120 }), 204);
    await house.pass(5);
    house.says("Bar", null);
    await house.until("register-silent Bar", true, 30);
    assert.match(await causeOf("Bar") ?? "", /not known which/, "it had come back since");

    house.says("Till 1", null);
    await lastWords(house, "Till 1", { kind: "hidden" });
    house.says("Terrace", null);
    await lastWords(house, "Terrace", { kind: "closing" });
    await house.pass(20);
    assert.equal(await causeOf("Till 1"), "Probably the iPad was locked, or another app was opened.");
    assert.equal(await causeOf("Terrace"), "The app was closed or left.");

    const { registerId } = house.registers[1]!;
    const question = { register: registerId, address: "192.168.1.22", silentMs: 20_000 };
    house.lab.hub.silences.found(question, {
      answers: false,
      how: "Nobody on the network has the address 192.168.1.22 now",
    });
    await house.pass(1);
    assert.equal(await causeOf("Till 1"), "Probably the iPad is locked or asleep.");

    for (const name of ["Bar", "Till 1", "Terrace"]) house.heal(name);
    await house.pass(60);
    assert.deepEqual(await house.lab.found(), []);
    assert.equal(await causeOf("Terrace"), null);
  } finally {
    await house.lab.stop();
  }
});

Deno.test("[CAU28] last words are bounded, and a stranger's change nothing", async () => {
  const house = await House.open(["Bar"]);
  try {
    const before = JSON.stringify(house.lab.hub.register(house.registers[0]!.registerId));
    assert.equal(await lastWords(house, "Bar", { kind: "hidden" }, "unknown"), 401);
    assert.equal(await lastWords(house, "Bar", { kind: "bored" }), 400);
    assert.equal(await lastWords(house, "Bar", { kind: "hidden", sentAt: "now" }), 400);
    assert.equal(await lastWords(house, "Bar", { kind: "hidden", idleSeconds: -1 }), 400);
    assert.equal(await lastWords(house, "Bar", { kind: "hidden", padding: "x".repeat(1_100) }), 413);
    assert.equal(JSON.stringify(house.lab.hub.register(house.registers[0]!.registerId)), before);
  } finally {
    await house.lab.stop();
  }
});

Deno.test("[CAU29] two registers that vanish on one access point are one finding, over the whole way", async () => {
  const house = await House.open(["Bar", "Till 1", "Terrace", "Window"]);
  try {
    const far = { network: { ...NETWORK, bssid: "a4:2b:b0:01:02:04", band: "2.4GHz" } }; // another radio of the same point
    for (const name of ["Terrace", "Window"]) house.says(name, far);
    await house.pass(20);
    for (const name of ["Terrace", "Window"]) house.says(name, null);
    await house.until("access-point-down ap-a4:2b:b0:01:02:04", true, 30);
    await house.pass(60);
    const { findings, verdict, registers } = await house.lab.view();
    assert.deepEqual(findings.filter(({ code }) => code === "register-silent"), []);
    assert.match(verdict.text, /An access point or extender seems to be gone/);
    assert.match(
      registers.find(({ name }) => name === "Window")?.cause ?? "",
      /^Probably the access point or extender/,
    );
    for (const name of ["Terrace", "Window"]) house.heal(name);
    await house.pass(120);
    assert.deepEqual(await house.lab.found(), []);
  } finally {
    await house.lab.stop();
  }
});

Deno.test("[INC11] a restart in the middle of an incident fires nothing anew and ends nothing unmeasured", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/counterpart.db`;
  const house = await House.open(["Bar", "Till 1"], path);
  house.says("Till 1", { state: { foreground: true, autoLock: 5 } });
  await house.until("auto-lock-on Till 1", true, 30);
  house.says("Bar", null);
  await house.until("register-silent Bar", true, 60);
  await house.pass(60);
  const before = (await house.lab.view()).incidents.map(({ id, code, openedAt }) => ({ id, code, openedAt }));
  const { now } = house.lab.clock;
  await house.lab.stop();

  const after = new House(await openLabHub(path, now + 30_000));
  try {
    after.registers.push(...house.registers);
    after.says("Till 1", { state: { foreground: true, autoLock: 5 } });
    after.says("Bar", null);
    const same = (incidents: typeof before) =>
      assert.deepEqual(
        incidents.filter(({ code }) => code !== "hub-off").map(({ id, code, openedAt }) => ({ id, code, openedAt })),
        before,
      );
    await after.pass(1);
    same((await after.lab.view()).incidents);
    assert.equal((await after.lab.view()).registers.find(({ name }) => name === "Bar")?.state, "unknown");
    await after.pass(120);
    same((await after.lab.view()).incidents);
    after.heal("Bar");
    after.heal("Till 1");
    await after.pass(60);
    assert.deepEqual(await after.lab.found(), []);
  } finally {
    await after.lab.stop();
    await Deno.remove(folder, { recursive: true });
  }
});
