/// <reference lib="dom" />
/** How a register's page ended is told on the manager's page in the right words: closed, put away, or without a word. In a real browser. */
import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { build } from "../web/build.ts";
import { layCable } from "./support/cable.ts";
import { launchChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { eventually } from "./support/eventually.ts";
import { canBeHidden, show } from "./support/in_front.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { PASSPHRASE } from "./support/hub_client.ts";
import { enrol } from "./support/till_page.ts";
import { unless } from "./support/skip.ts";
import { openVisitor, says, type Visitor } from "./support/visitor.ts";

const LATE_S = 20;

Deno.test({
  ...unless(
    NO_CHROMIUM,
    "[CAU25] a manager reads why a register went: closed, put away and cut off, or without a word",
    look,
  ),
  sanitizeOps: false, // the browser keeps its own pipes
  sanitizeResources: false,
});

async function look(): Promise<void> {
  await build();
  const lab = await openLabHub();
  const cable = await layCable(Number(new URL(lab.url).port));
  const through = `http://127.0.0.1:${cable.port}`;
  const browser = await launchChromium();
  try {
    const manager = await openVisitor(browser);
    await manager.page.goto(lab.url);
    await manager.page.getByLabel("Passphrase").fill(PASSPHRASE);
    await manager.page.getByRole("button", { name: "Sign in" }).click();
    const [bar, till] = [
      await register(lab, browser, { at: lab.url, name: "Bar" }),
      await register(lab, browser, { at: through, name: "Till 1" }),
      await register(lab, browser, { at: through, name: "Door" }),
    ];

    await show(bar.page, "hidden");
    await said(lab, "Bar", "hidden");
    await show(bar.page, "visible");
    await said(lab, "Bar", undefined);
    await show(bar.page, "hidden"); // as it is when it is closed
    await said(lab, "Bar", "hidden");
    await bar.page.close({ runBeforeUnload: true });
    await said(lab, "Bar", "closing");

    await show(till.page, "hidden");
    await said(lab, "Till 1", "hidden");
    cable.cut("reset"); // as a system ends what it has no room for, or a Wi-Fi that goes
    for (const name of ["Till 1", "Door"]) {
      assert.equal(await eventually(() => isConnected(lab, name), (connected) => !connected), false, name);
    }

    await lab.pass(LATE_S);
    await says(manager.page, /Bar is late: last heard .* ago\. The app was closed or left\./);
    await says(manager.page, /Till 1 is late: .* Probably the iPad was locked, or another app was opened\./);
    await says(manager.page, /Door is late: .* It left no last words, so it is not known which\./);
    manager.assertCalm();
  } finally {
    await browser.close();
    await cable.stop();
    await lab.stop();
  }
}

async function register(lab: LabHub, browser: Browser, { at, name }: { at: string; name: string }): Promise<Visitor> {
  const visitor = await openVisitor(browser);
  await canBeHidden(visitor.context);
  const { code } = (await lab.call("/api/enrollments", { body: {} })).body;
  await visitor.page.goto(`${at}/register#code=${code}`);
  await enrol(visitor.page, name);
  lab.hub.tick(); // the view names it from now on
  return visitor;
}

/** Waits until these are the last words of a register. */
async function said(lab: LabHub, name: string, kind: "hidden" | "closing" | undefined): Promise<void> {
  const words = async () => lab.hub.register(await idOf(lab, name))?.lastWords?.kind;
  assert.equal(await eventually(words, (said) => said === kind), kind, name);
}

async function isConnected(lab: LabHub, name: string): Promise<boolean> {
  lab.hub.tick();
  return lab.hub.register(await idOf(lab, name))?.session?.openSince !== undefined;
}

async function idOf(lab: LabHub, name: string): Promise<string> {
  return (await lab.view()).registers.find((each) => each.name === name)?.id ?? "";
}
