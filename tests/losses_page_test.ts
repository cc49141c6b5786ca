/// <reference lib="dom" />
/** Lost changes and a check that was paid twice on the manager's page, in a real browser: told, fit for all, and taken off by one tap. */
import assert from "node:assert/strict";
import { HeadlessRegister } from "../agent/headless.ts";
import { VERSION } from "../shared/version.ts";
import { build } from "../web/build.ts";
import { launchChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { eventually } from "./support/eventually.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { unless } from "./support/skip.ts";
import { assertFitsAll, openVisitor, says } from "./support/visitor.ts";

const FLAG_S = 5 * 60 + 10;

/** Bar and Till 1 both take the money of one check; Door is un-enrolled with three changes that reached nobody. */
async function troubledEvening(lab: LabHub): Promise<void> {
  const [barAt, tillAt, door] = [await lab.enrol("Bar"), await lab.enrol("Till 1"), await lab.enrol("Door")];
  const start = (enrolment: typeof barAt) =>
    HeadlessRegister.start({ hub: lab.url, enrolment, now: () => lab.clock.now });
  const [bar, till] = [await start(barAt), await start(tillAt)];
  const write = async (register: HeadlessRegister, body: Parameters<typeof bar.replica.write>[0]) => {
    const outcome = await register.replica.write(body);
    assert.ok(outcome.ok);
    await register.until(() => register.replica.unsynced() === 0);
    return outcome.id;
  };
  const check = await write(bar, { kind: "check.open", number: "B12" });
  await write(bar, { kind: "line.add", check, name: "Lager", price: 2_400, quantity: 1 });
  await till.until(() => till.replica.book.get(check)?.totals.total === 2_400);
  for (const register of [bar, till]) {
    await write(register, { kind: "payment.add", check, tender: "cash", amount: 2_400 });
  }
  const beat = (token: string, parts = {}) => {
    const body = {
      sentAt: new Date(lab.clock.now).toISOString(),
      app: { version: VERSION },
      state: { foreground: true, autoLock: "never" },
      unsynced: 0,
      ...parts,
    };
    return lab.call("/api/heartbeats", { body, token });
  };
  await beat(door.token, { unsynced: 3, vector: { [`${door.registerId}-0000`]: 3 } });
  await lab.call(`/api/registers/${door.registerId}?force=true`, { method: "DELETE" });
  await lab.pass(FLAG_S, (second) => second % 5 === 0 && Promise.all([beat(barAt.token), beat(tillAt.token)]));
  bar.pause();
  till.pause();
}

Deno.test({
  ...unless(
    NO_CHROMIUM,
    "[LOS5] a manager reads of lost changes and a flagged check, and takes the loss off the list",
    look,
  ),
  sanitizeOps: false, // the browser keeps its own pipes
  sanitizeResources: false,
});

async function look(): Promise<void> {
  await build();
  const lab = await openLabHub();
  const browser = await launchChromium();
  try {
    await troubledEvening(lab);
    const manager = await openVisitor(browser);
    const { page } = manager;
    await page.goto(lab.url);
    await page.getByLabel("Passphrase").fill("a quiet evening");
    await page.keyboard.press("Enter");
    await says(page, "Changes of Door reached nobody, and 1 more thing to look at.");
    const { findings } = await lab.view();
    assert.deepEqual(findings.map(({ code }) => code), ["changes-lost", "check-flag-open"]);
    await says(page, /^3 changes of Door reached nobody\. They were made before \d\d:\d\d on 2\d Nov\./);
    await says(page, "Check B12 was paid twice (Bar, Till 1): 24.00 over. Give 24.00 back to the guest.");
    await assertFitsAll(page, "losses");
    const seen = page.getByRole("button", { name: "I have seen this" });
    await seen.click();
    await says(page, "It is taken off the list.");
    await lab.pass(1);
    await says(page, /^Checks are in sync\. Check B12 was paid twice/);
    assert.equal(await eventually(() => seen.count(), (n) => n === 0), 0);
    manager.assertCalm();
  } finally {
    await browser.close();
    await lab.stop();
  }
}
