/// <reference lib="dom" />
/** Over https a register starts with the hub off, in a real browser against a real hub; and what is newer waits for its turn. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { NO_CHROMIUM } from "./support/chromium.ts";
import { eventually } from "./support/eventually.ts";
import { freePort, type HubProcess, startHub } from "./support/hub_process.ts";
import { ownTree } from "./support/own_tree.ts";
import { IPAD, RegisterPage } from "./support/register_page.ts";
import { accessibilityFaults } from "./support/sound.ts";
import { unless } from "./support/skip.ts";
import { HUB_HOST, launchTrusting } from "./support/trusting.ts";

const PASSPHRASE = "a quiet evening";
const KEPT_WITHIN_MS = 40_000; // every file of the page once more, on a machine that does other things too

interface Counter {
  readonly context: BrowserContext; // one device: its pages share storage and service worker
  readonly origin: string; // https
  readonly plain: string; // http, under the same name
  register(): Promise<RegisterPage>;
  // deno-lint-ignore no-explicit-any -- whatever the hub says; tests look into it
  call(path: string, body?: unknown): Promise<any>;
  hubOff(): Promise<void>;
  hubOn(): Promise<void>;
}

/** `root`: the tree that the hub is started in; absent: this one. */
async function atCounter(work: (counter: Counter) => Promise<void>, root?: string): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "counterpart-offline-"));
  const [port, httpsPort] = [await freePort(), await freePort()];
  const start = () => startHub({ data, port, root, args: ["--https-port", String(httpsPort)] });
  let hub: HubProcess | undefined = await start();
  const browser = await launchTrusting(data);
  let cookie = "";
  const call = async (path: string, body?: unknown) => {
    const init = { method: body === undefined ? "GET" : "POST", body: JSON.stringify(body) };
    const headers = { "content-type": "application/json", cookie };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return await response.json();
  };
  try {
    await call("/api/setup", { code: hub.setupCode, venue: "Bar Lola", passphrase: PASSPHRASE });
    const context = await browser.newContext({ viewport: IPAD, reducedMotion: "reduce" });
    await work({
      context,
      origin: `https://${HUB_HOST}:${httpsPort}`,
      plain: `http://${HUB_HOST}:${port}`,
      register: async () => new RegisterPage(await context.newPage()),
      call,
      hubOff: async () => {
        await hub?.kill9();
        hub = undefined;
      },
      hubOn: async () => {
        hub = await start();
      },
    });
  } finally {
    await browser.close();
    await hub?.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

const secureLink = async ({ call, origin }: Counter) => {
  const { secureUrl } = await call("/api/enrollments", {});
  return `${origin}${new URL(secureUrl).pathname}${new URL(secureUrl).hash}`;
};
const isControlled = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[TLS6] a register that was closed starts with the hub off, with all its checks, sells, and hands everything over",
    () =>
      atCounter(async (counter) => {
        const first = await counter.register();
        await first.enrol(await secureLink(counter), "Bar");
        await first.says("in sync");
        await first.newCheck("Kitchen: Burger");
        await first.toBoard();
        await first.says("in sync");
        await isControlled(first.page);
        await counter.hubOff();
        await first.newCheck("Bar: Lager"); // on this register only
        await first.page.close();

        const again = await counter.register();
        await again.page.goto(`${counter.origin}/register`);
        await again.says(/Bar Lola/);
        assert.equal((await again.cards()).length, 2, "a check was lost with the page");
        await again.newCheck("Kitchen: Fries");
        await again.payByCard();
        await again.page.reload();
        await again.says(/Bar Lola/);
        assert.equal((await again.cards()).length, 2);

        await counter.hubOn();
        await again.page.evaluate(() => dispatchEvent(new Event("online")));
        await again.says("in sync");
        const numbers = async (state: string) =>
          // deno-lint-ignore no-explicit-any -- the hub's answer
          (await counter.call(`/api/checks?state=${state}`)).checks.map((check: any) => check.number).sort();
        assert.deepEqual(await numbers("open"), ["A1", "A2"]);
        assert.deepEqual(await numbers("closed"), ["A3"]);
        assert.deepEqual([...first.complaints, ...again.complaints], []);
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[TLS6] over https the page can be installed, keeps the screen on, and does without nothing that https gives",
    () =>
      atCounter(async (counter) => {
        const bar = await counter.register();
        const { page } = bar;
        await bar.enrol(await secureLink(counter), "Bar");
        await bar.says("in sync");
        await isControlled(page);
        const session = await counter.context.newCDPSession(page);
        const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
        const real = installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"); // each test has a fresh profile
        assert.deepEqual(real, []);
        const { errors, url } = await session.send("Page.getAppManifest");
        assert.deepEqual([errors, new URL(url).pathname], [[], "/register.webmanifest"]);

        await page.getByRole("link", { name: /^Diagnostics/ }).click();
        await bar.says("kept on by this page");
        assert.equal(await page.getByText("It cannot start while the hub is off").count(), 0);
        assert.equal(await page.getByText("It cannot keep the screen on").count(), 0);
        assert.deepEqual(await accessibilityFaults(bar.page), []);
        const kept = await page.evaluate(async () => {
          const urls: string[] = [];
          for (const name of await caches.keys()) {
            urls.push(...(await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname));
          }
          return urls;
        });
        assert.ok(kept.includes("/register") && kept.some((path) => path.endsWith(".js")), kept.join());
        assert.deepEqual(kept.filter((path) => path.startsWith("/api")), [], "what the hub says is never kept");
      }),
  ),
);

/** From here on the hub in `root` has a newer page, which calls itself `title`; and this one asks, as it does when the hub comes back. */
async function renewTo({ page }: RegisterPage, root: string, title: string): Promise<void> {
  const [html, worker] = [join(root, "web/dist/register.html"), join(root, "web/dist/register-sw.js")];
  writeFileSync(html, readFileSync(html, "utf8").replace(/<title>.*</, `<title>${title}<`));
  writeFileSync(worker, readFileSync(worker, "utf8").replace(/version:"[^"]+"/, `version:"${title}"`));
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration("/register"))?.update();
  });
}

Deno.test(
  unless(
    NO_CHROMIUM,
    "[TLS6] a page of which a file did not arrive is not said to start alone, and is kept whole a minute later",
    async () => {
      using tree = ownTree();
      await atCounter(async (counter) => {
        const icon = join(tree.root, "web/dist/icon-512.png"); // of no use to the page that is open
        renameSync(icon, `${icon}.lost`);
        const bar = await counter.register();
        await bar.page.clock.install();
        await bar.enrol(await secureLink(counter), "Bar");
        await bar.says("in sync");
        await bar.page.getByRole("link", { name: /^Diagnostics/ }).click();
        await bar.says("It cannot start while the hub is off");
        await bar.page.clock.runFor(70_000);
        await bar.says("It cannot start while the hub is off");
        renameSync(`${icon}.lost`, icon);
        const without = async () => {
          await bar.page.clock.runFor(20_000);
          return await bar.page.getByText("It cannot start while the hub is off").count();
        };
        assert.equal(await eventually(without, (shown) => shown === 0, KEPT_WITHIN_MS), 0);
        await counter.hubOff();
        await bar.page.reload();
        await bar.says(/Bar Lola/);
      }, tree.root);
    },
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[TLS7] a newer version of the page waits for a tap or the next start, and is not taken while a check is worked on",
    async () => {
      using tree = ownTree();
      await atCounter(async (counter) => {
        const bar = await counter.register();
        const { page } = bar;
        await bar.enrol(await secureLink(counter), "Bar");
        await bar.says("in sync");
        await isControlled(page);
        await bar.newCheck("Kitchen: Burger");
        await renewTo(bar, tree.root, "Newer");
        const kept = () => page.evaluate(async () => (await caches.keys()).includes("register-Newer"));
        assert.equal(await eventually(kept, (has) => has), true);
        await bar.add("Bar: Lager");
        assert.equal(await page.getByText("A new version is ready").count(), 0, "shown in the middle of a check");
        await bar.toBoard();
        assert.equal(await page.title(), "Register");
        await Promise.all([page.waitForEvent("load"), bar.press("A new version is ready")]);
        assert.equal(await page.title(), "Newer");
        await bar.says("in sync");
        assert.equal((await bar.cards()).length, 1);
        assert.equal(await page.getByText("A new version is ready").count(), 0);

        await renewTo(bar, tree.root, "Newest");
        await bar.says("A new version is ready");
        await counter.hubOff();
        await page.reload();
        await bar.says(/Bar Lola/);
        assert.equal(await page.title(), "Newest", "the newest version is kept, and starts with the hub off");
        assert.deepEqual(bar.complaints, []);
      }, tree.root);
    },
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[TLS8] over plain http the register works, says what it does without, and leads to https",
    () =>
      atCounter(async (counter) => {
        const bar = await counter.register();
        const { url } = await counter.call("/api/enrollments", {});
        await bar.enrol(`${counter.plain}/register${new URL(url).hash}`, "Bar");
        await bar.says("in sync");
        await bar.newCheck("Kitchen: Burger");
        await bar.toBoard();
        await bar.page.getByRole("link", { name: /^Diagnostics/ }).click();
        await bar.says("It cannot start while the hub is off");
        await bar.says("It cannot keep the screen on");
        const links = bar.page.getByRole("link", { name: `${counter.origin}/register` });
        assert.equal(await links.getAttribute("href"), `${counter.origin}/register`);
        assert.deepEqual(await accessibilityFaults(bar.page), []);
        await bar.page.getByRole("link", { name: "Trust the hub" }).click();
        await bar.says("This device trusts the hub");
      }),
  ),
);
