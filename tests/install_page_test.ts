/// <reference lib="dom" />
/** A whole installation in a real browser: two register pages, questions, real walk tests, and a report that is compared with an earlier one. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import type { WalkPlan } from "../shared/install/walk.ts";
import { InstallView } from "../shared/install_api.ts";
import { build } from "../web/build.ts";
import { launchChromium, NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { accessibilityFaults } from "./support/sound.ts";
import { unless } from "./support/skip.ts";
import { enrol } from "./support/till_page.ts";
import { assertFitsAll, openVisitor, PHONE, REFUSED, says, type Visitor } from "./support/visitor.ts";

const LYING_IPAD = { width: 1180, height: 820 };
const QUICK: WalkPlan = { pingMs: 4_000, everyMs: 50, lostAfterMs: 1_000, loadMs: 300, chunkBytes: 64 * 1024 };
const SHIFT_MAX = 0.02; // of the browser's own measure, in which 0.1 is still called good

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const rule = (page: Page, code: string) => page.locator(`#rule-${code}`);
const ruleSays = (page: Page, code: string, words: string | RegExp) =>
  rule(page, code).getByText(words).first().waitFor();

/** Sums up how far things jumped that nobody had touched. */
const COUNT_SHIFTS = () => {
  const counted = globalThis as unknown as { shifted: number };
  counted.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) counted.shifted += entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
};
const shifted = (page: Page) => page.evaluate(() => (globalThis as unknown as { shifted: number }).shifted);

async function register(lab: LabHub, browser: Parameters<typeof openVisitor>[0], name: string): Promise<Visitor> {
  const visitor = await openVisitor(browser);
  const { code } = (await lab.call("/api/enrollments", { body: {} })).body;
  await visitor.page.goto(`${lab.url}/register#code=${code}`);
  await enrol(visitor.page, name);
  return visitor;
}

async function signReport(page: Page, by: string): Promise<string> {
  await page.getByLabel("Signed by").fill(by);
  await press(page, "Make the report");
  await page.getByRole("heading", { name: "Bar Lola: installation report" }).waitFor();
  return new URL(page.url()).hash;
}

/** How many sheets of paper a page fills. */
async function sheets(page: Page, name: string): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  Deno.writeFileSync(screenshotPath(name).replace(/png$/, "pdf"), pdf);
  return [...new TextDecoder("latin1").decode(pdf).matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
}

Deno.test(
  unless(
    NO_CHROMIUM,
    "[INS21, INS23] an installation, from an empty list to a report that is compared with the last",
    async () => {
      await build();
      const lab = await openLabHub(":memory:", Date.now(), QUICK);
      await lab.pass(1);
      const browser = await launchChromium();
      try {
        const installer = await openVisitor(browser, LYING_IPAD);
        const { page } = installer;
        await page.addInitScript(COUNT_SHIFTS);
        await page.goto(`${lab.url}/install`);
        await says(page, "Sign in to see how the venue is doing.");
        const [name, value] = lab.cookie.split("=");
        await installer.context.addCookies([{ name: name!, value: value!, url: lab.url }]);
        await page.reload();
        await says(page, "Add the first register, and keep its page on the screen.");
        await assertFitsAll(page, "install-empty");
        await page.setViewportSize(LYING_IPAD);

        const bar = await register(lab, browser, "Bar");
        const terrace = await register(lab, browser, "Terrace");
        await lab.pass(1);
        await ruleSays(page, "too-many-registers", "2 registers in use");
        await ruleSays(page, "version-mismatch", /Bar and Terrace: /);

        // By keyboard: to the question that is next, and through its options.
        await says(page, "Does the Wi-Fi router stand alone from the modem?");
        await page.getByRole("link", { name: "Go there" }).focus();
        await page.keyboard.press("Enter");
        assert.equal(await page.evaluate(() => document.activeElement?.id), "question-router");
        const atFirst = await shifted(page);
        for (let n = 0; n < 3; n++) {
          await page.keyboard.press("Tab");
        }
        await page.keyboard.press("Enter");
        await ruleSays(page, "router-combo", "Look, answered");
        await page.getByRole("group", { name: "Is the Wi-Fi used by the registers alone?" }).getByRole("button", {
          name: "Registers alone",
        }).click();
        await ruleSays(page, "shared-network", "Passed, answered");
        await page.getByLabel("Bar to the router").fill("4");
        await press(page, "Save the distance of Bar");
        await page.getByLabel("Terrace to the router").fill("40");
        await page.getByRole("group", { name: "Unit for Terrace" }).getByRole("button", { name: "ft" }).click();
        await press(page, "Save the distance of Terrace");
        await ruleSays(page, "too-far", "Answered: Bar 4 m, Terrace 40 ft");

        // Who says so, a note, and a photo that the page makes small.
        const question = page.locator("#question-router");
        const photo = question.getByLabel("Photo", { exact: true });
        await question.getByText(/note and photo/).click();
        await photo.setInputFiles({ name: "box.png", mimeType: "image/png", buffer: PICTURE.subarray(20) });
        await says(page, "This picture cannot be read.");
        await photo.setInputFiles({ name: "box.png", mimeType: "image/png", buffer: PICTURE });
        await question.getByRole("img", { name: "Photo: router" }).waitFor();
        await question.getByLabel("Who says so").fill("Ana");
        await question.getByLabel("Note").fill("Behind the counter");
        await question.getByRole("button", { name: "Save" }).click();
        await question.getByText(/By Ana, .*: note and photo/).waitFor();
        const { answers } = InstallView.parse((await lab.call("/api/install")).body);
        const kept = answers.find(({ question }) => question === "router")!.photo;
        assert.match((await lab.call(`/api/install/photos/${kept}`)).headers.get("content-type")!, /jpeg/);

        const beforeReload = await shifted(page) - atFirst;
        await page.reload();
        await ruleSays(page, "router-combo", "Look, answered");
        await ruleSays(page, "too-far", "Answered: Bar 4 m, Terrace 40 ft");

        const atReload = await shifted(page);
        // Asked from the list, done by the register.
        await page.getByLabel("Register", { exact: true }).selectOption({ label: "Bar" });
        await page.getByLabel("Spot", { exact: true }).fill("Counter");
        await press(page, "Walk test");
        await page.getByRole("rowheader", { name: /Bar, Counter/ }).waitFor();
        // Begun on the register, seen in the list.
        await terrace.page.getByRole("link", { name: /Diagnostics/ }).click();
        await press(terrace.page, "Walk test");
        await says(terrace.page, "Name the spot first");
        await terrace.page.getByLabel("Spot").fill("By the door");
        await press(terrace.page, "Walk test");
        await says(page, /Terrace is being tested at By the door/);
        await says(terrace.page, /Round trip .* Mbit\/s up/);
        await page.getByRole("rowheader", { name: /Terrace, By the door/ }).waitFor();
        assert.deepEqual(await accessibilityFaults(terrace.page), []);
        await terrace.page.screenshot({ path: screenshotPath("install-walk-register"), fullPage: true });
        await lab.pass(1);
        await page.getByRole("cell", { name: /^(direct(, \d+(\.\d)? ms)?|by the hub)$/ }).waitFor();
        lab.air.dhcp = { kind: "known", servers: [{ address: "192.168.1.1", mac: "a4:2b:b0:00:00:01" }] };
        await press(page, "Ask now: who hands out addresses");
        await ruleSays(page, "second-dhcp", "One machine answered.");
        await ruleSays(page, "second-dhcp", "192.168.1.1 (a4:2b:b0:00:00:01)");
        const { walks } = (await lab.call("/api/install")).body;
        for (const walk of walks) {
          assert.ok(
            walk.sent >= 10 && walk.downMbps > 0 && walk.upMbps > 0,
            JSON.stringify(walk),
          );
        }

        assert.ok(beforeReload < SHIFT_MAX, `${beforeReload} while answering`);
        const moved = await shifted(page) - atReload;
        assert.ok(moved < SHIFT_MAX, `${moved} while walking`);
        await page.screenshot({ path: screenshotPath("install-list-lying"), fullPage: true });
        await assertFitsAll(page, "install-list");
        await page.setViewportSize(PHONE);
        await page.screenshot({ path: screenshotPath("install-list-phone-whole"), fullPage: true });
        await page.setViewportSize(LYING_IPAD);

        const first = await signReport(page, "Ana");
        await says(page, "This is the first report of this venue.");
        await page.getByRole("link", { name: "Back to the list" }).click();
        await page.getByRole("group", { name: "Does the Wi-Fi router stand alone" }).getByRole("button", {
          name: "Two boxes",
        })
          .click();
        await ruleSays(page, "router-combo", "Passed, answered");
        const second = await signReport(page, "Ben");
        assert.notEqual(second, first);
        await says(page, "1 thing got better.");
        await says(page, "A router of its own: to look at then, passed now.");
        await assertFitsAll(page, "install-report");
        await page.goto(`${lab.url}/install${first}`); // the link that was kept
        await says(page, /signed by Ana/);
        installer.assertCalm(REFUSED);
        bar.assertCalm();
        terrace.assertCalm();
      } finally {
        await browser.close();
        await lab.stop();
      }
    },
  ),
);

Deno.test(
  unless(NO_CHROMIUM, "[INS22] the report of four registers, all answered and walked, is one sheet", async () => {
    await build();
    const lab = await openLabHub(":memory:", Date.now());
    const names = ["Bar", "Till 1", "Till 2", "Terrace"];
    for (const name of names) {
      const { registerId, token } = await lab.enrol(name);
      const sentAt = new Date(lab.clock.now).toISOString();
      await lab.call("/api/heartbeats", { body: { sentAt, app: { version: "3.2.0" } }, token });
      const by = "Ana";
      const put = (body: unknown) => lab.call("/api/install/survey", { method: "PUT", body });
      await put({ question: "distance", register: registerId, distance: { amount: 12, unit: "m" }, by });
      const note = "The black box behind the counter, with the blue cable";
      const photo = `data:image/png;base64,${PIXEL}`;
      await put({ question: "router", choice: "combo", by, note, photo });
      const { id } = (await lab.call("/api/walks", { body: { spot: "Where it stands" }, token })).body;
      const rttMs = Array.from({ length: 100 }, (_, n) => 3 + n % 40);
      const body = { rttMs, lost: 4, down: { bytes: 5e6, ms: 2e3 }, up: { bytes: 4e6, ms: 2e3 } };
      await lab.call(`/api/walks/${id}/result`, { body, token });
    }
    for (
      const question of [
        "own-network",
        "repeaters",
        "wired",
        "shifts",
        "same-model",
        "recent-model",
        "same-wifi",
        "auto-lock",
      ]
    ) {
      const body = { question, choice: "no", by: "Ana", note: "To be put right next week" };
      await lab.call("/api/install/survey", { method: "PUT", body });
    }
    await lab.pass(1);
    const browser = await launchChromium();
    try {
      const { context, page, assertCalm } = await openVisitor(browser);
      const [name, value] = lab.cookie.split("=");
      await context.addCookies([{ name: name!, value: value!, url: lab.url }]);
      const { report } = (await lab.call("/api/install/reports", { body: { by: "Ana", note: "First visit." } })).body;
      await page.goto(`${lab.url}/install#/report/${report.id}`);
      await says(page, "Answered by hand");
      assert.equal(await sheets(page, "install-report-paper"), 1);
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize({ width: 725, height: 1054 }); // A4 without its margins
      await page.screenshot({ path: screenshotPath("install-report-paper"), fullPage: true });
      assertCalm();
    } finally {
      await browser.close();
      await lab.stop();
    }
  }),
);

/** A picture of one pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const PICTURE = Buffer.from(PIXEL, "base64");
