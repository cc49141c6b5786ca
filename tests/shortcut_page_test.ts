/// <reference lib="dom" />
/** The way to an iPad's signal, in a browser as small as a phone: Diagnostics, the token, the page with the steps, the report itself. */
import assert from "node:assert/strict";
import { NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { eventually } from "./support/eventually.ts";
import { PHONE, type RegisterPage } from "./support/register_page.ts";
import { inShop } from "./support/shop.ts";
import { assertSound } from "./support/sound.ts";
import { unless } from "./support/skip.ts";

async function look(on: RegisterPage, name: string): Promise<void> {
  await assertSound(on.page, name);
  await on.page.screenshot({ path: screenshotPath(`shortcut-${name}`), fullPage: true });
}

Deno.test(
  unless(
    NO_CHROMIUM,
    "[API13, AGT12] a register hands out its token, and the steps lead to a report that the hub takes",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar", PHONE);
        await bar.page.goto(`${shop.origin}/register#diagnostics`);
        await bar.says("Wi-Fi signal");
        const field = bar.page.getByLabel("Token of this register");
        assert.equal(await field.count(), 0, "the token is not on the screen before it is asked for");
        await bar.press("Show this register's token");
        const token = await field.inputValue();
        assert.match(token, /^\S{20,}$/);
        await bar.press("Copy");
        await bar.says(/Copied\.|It is marked/);
        await look(bar, "diagnostics");
        await bar.press("Hide");
        assert.equal(await field.count(), 0);

        await bar.page.getByRole("link", { name: "Shortcut" }).click();
        await bar.says("Let an iPad report its Wi-Fi signal");
        await bar.says(/the hub of\s+Bar Lola/);
        await look(bar, "steps");
        const url = await bar.page.locator("p.pick").innerText();
        assert.equal(url, `${shop.origin}/api/signals`);
        assert.ok(!(await bar.page.content()).includes(token), "the page of steps tells no token");

        const fields = await bar.page.locator("td code").allInnerTexts();
        const said: Record<string, string> = {
          rssiDbm: "−61",
          noiseDbm: "-92",
          channel: "44",
          ssid: "Shop",
          bssid: "a4:2b:b0:1:2:3",
        };
        assert.deepEqual([...fields].sort(), Object.keys(said).sort());
        const byAddress = url.replace(new URL(url).hostname, "127.0.0.1"); // only the browser knows the name
        const answer = await fetch(byAddress, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: JSON.stringify(Object.fromEntries(fields.map((name) => [name, said[name]]))),
        });
        assert.match(await answer.text(), /^\{"now"/, "as the page says that success looks");
        const view = await eventually(
          () => shop.call("GET", "/api/view"),
          ({ registers }) => registers[0].signalDbm === -61,
        );
        assert.deepEqual([view.registers[0].signalDbm, view.registers[0].network.bssid], [-61, "a4:2b:b0:01:02:03"]);
        await bar.page.getByRole("link", { name: "Diagnostics of the register on this device" }).click();
        await bar.says("Wi-Fi signal");
      }),
  ),
);
