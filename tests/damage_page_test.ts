/// <reference lib="dom" />
/** A register's page whose storage was damaged, in a real browser: it starts, says so, and gets back what others hold. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { keepApart } from "./support/apart.ts";
import { NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { eventually } from "./support/eventually.ts";
import { inShop } from "./support/shop.ts";
import { accessibilityFaults } from "./support/sound.ts";
import { unless } from "./support/skip.ts";
import { journalOf } from "./support/till_page.ts";

/** Changes the record of the page's last op of a kind as a disk might: its sum no longer fits, or nothing of it is left. */
async function scratch(page: Page, kind: string, how: "other words" | "no words"): Promise<string> {
  return await page.evaluate(async ([kind, how]) => {
    const open = (name: string) =>
      new Promise<IDBDatabase>((done, failed) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => done(opening.result);
        opening.onerror = () => failed(opening.error);
      });
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    const device = await open("counterpart");
    const name = await answer(device.transaction("meta").objectStore("meta").get("book"));
    const book = await open(name);
    const store = book.transaction("ops", "readwrite").objectStore("ops");
    const written = (await answer(store.getAll())).filter(({ body }) => body?.kind === kind);
    const record = written.sort((a, b) => a.stamp.ms - b.stamp.ms).at(-1);
    const body = how === "no words" ? undefined : { ...record.body, price: 1, number: "Z9" };
    await answer(store.put({ ...record, body }));
    for (const database of [device, book]) database.close();
    return `${record.replica}/${record.seq}`;
  }, [kind, how] as const);
}

const ids = async (page: Page) => (await journalOf(page)).map(({ replica, seq }) => `${replica}/${seq}`);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[SYN43, SYN44, SYN45] a page with damaged records starts and gets them from the hub; what it alone held it names",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        await keepApart(bar.page.context());
        await bar.page.reload();
        await bar.newCheck("Bar: Lager");
        await bar.toBoard();
        await bar.says("in sync");
        const cards = await bar.cards();
        const before = (await ids(bar.page)).toSorted();

        for (const how of ["other words", "no words"] as const) {
          const id = await scratch(bar.page, "line.add", how);
          await bar.page.reload();
          await bar.says("in sync");
          await eventually(() => ids(bar.page), (held) => held.includes(id));
          assert.deepEqual((await ids(bar.page)).toSorted(), before);
          assert.deepEqual(await bar.cards(), cards);
        }

        // With the hub away: what was written is nowhere else, and is named once it is damaged.
        await shop.hubOff();
        await bar.newCheck("Bar: Cola");
        await bar.toBoard();
        await scratch(bar.page, "line.add", "no words");
        await bar.page.goto("about:blank"); // or it would hand it over from memory
        await shop.hubOn();
        await bar.page.goto(`${shop.origin}/register`);
        await bar.page.getByRole("link", { name: /^Diagnostics/ }).click();
        await bar.says(/1 change could not be read from this device's storage/);
        await bar.says(/1 change of this register may have been on it alone and is lost then/);
        assert.deepEqual(await accessibilityFaults(bar.page), []);
        await bar.page.screenshot({ path: screenshotPath("damaged-storage") });
        await bar.toBoard();
        assert.equal((await bar.cards()).length, 2, "the rest of the check is there");
        assert.deepEqual(bar.complaints, []);
      }),
  ),
);
