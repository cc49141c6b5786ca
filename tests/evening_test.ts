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
