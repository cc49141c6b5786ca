/// <reference lib="dom" />
/** What a role may not do alone is allowed on the spot by a manager's PIN, in a real browser, with the hub off too. */
import assert from "node:assert/strict";
import { NO_CHROMIUM } from "./support/chromium.ts";
import { PHONE, type RegisterPage } from "./support/register_page.ts";
import { atHub, inShop, type Shop } from "./support/shop.ts";
import { assertSoundInBothLights } from "./support/sound.ts";
import { unless } from "./support/skip.ts";

const LYING = { width: 1180, height: 820 };
const STAFF = [
  { name: "Ana", role: "server", pin: "1234" },
  { name: "Lola", role: "manager", pin: "4711" },
];

async function type({ page }: RegisterPage, pin: string, verb: string): Promise<void> {
  for (const digit of pin) await page.getByRole("button", { name: digit, exact: true }).click();
  await page.getByRole("button", { name: verb }).click();
}

async function staffed(shop: Shop, size = LYING): Promise<RegisterPage> {
  for (const person of STAFF) await shop.call("POST", "/api/staff", person);
  await shop.call("PATCH", "/api/settings", { discountPercent: 20 });
  const bar = await shop.register("Bar", size);
  await bar.press("Ana");
  await type(bar, "1234", "Sign in");
  await bar.says("Ana");
  return bar;
}

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CFG12] what was sent comes off with a manager's PIN, the story names them, and the next act asks again",
    () =>
      inShop(async (shop) => {
        const bar = await staffed(shop);
        await bar.newCheck("Bar: Lager", "Bar: Cola");
        await bar.press("Send 2 to the kitchen");
        await bar.says(/^sent [0-9]/);
        await atHub(shop, "open", 1);
        await shop.hubOff();
        const takeOff = async (item: string) => {
          await bar.page.getByRole("button", { name: new RegExp(`^1\\s*${item}`) }).click();
          await bar.press("Take off the check");
          await bar.press("Sold out");
          await bar.page.getByRole("heading", { name: "A manager's PIN" }).waitFor();
        };
        await takeOff("Lager");
        await type(bar, "1234", "Allow it"); // their own
        await bar.says("That is not Lola's PIN.");
        await assertSoundInBothLights(bar.page, "leave-ipad");
        await type(bar, "4711", "Allow it");
        await bar.page.getByRole("dialog").first().waitFor({ state: "detached" });
        await bar.page.getByText("Story of this check").click();
        await bar.says("Bar took Lager off: Sold out, allowed by Lola");
        assert.equal(await bar.page.getByRole("button", { name: "Ana is signed in. Lock" }).count(), 1);

        await takeOff("Cola");
        await bar.page.getByRole("dialog").last().getByRole("button", { name: "Close" }).click();
        await bar.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
        await bar.press("Discount");
        await bar.page.getByRole("dialog").getByRole("button", { name: "50 %" }).click();
        await bar.press("Regular guest");
        await bar.says("Take 50 % off");
        await type(bar, "4711", "Allow it");
        await bar.page.getByRole("dialog").first().waitFor({ state: "detached" });

        await shop.hubOn();
        await bar.says("in sync");
        const [open] = await atHub(shop, "open", 1);
        const { lines, story } = await shop.call("GET", `/api/checks/${encodeURIComponent(open.id)}`);
        assert.deepEqual(lines.map(({ voided }: { voided?: unknown }) => voided !== undefined), [true, false]);
        const allowed = story.flatMap(({ op }: { op: { body: Record<string, string> } }) =>
          op.body.allowedBy ? [[op.body.kind, op.body.staff, op.body.allowedBy]] : []
        );
        assert.deepEqual(allowed, [["line.void", "Ana", "Lola"], ["discount.add", "Ana", "Lola"]]);
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CFG13] on a phone: money back and opening again by a chosen manager; five wrong PINs wait",
    () =>
      inShop(async (shop) => {
        await shop.call("POST", "/api/staff", { name: "Rosa", role: "manager", pin: "0815" });
        const bar = await staffed(shop, PHONE);
        await bar.newCheck("Bar: Lager");
        await bar.payByCard();
        await bar.showTab("Closed today");
        await bar.openCheck("A1");
        await bar.page.getByRole("button", { name: /Paid by card/ }).click();
        await bar.press("Paid too much");
        await bar.says("Give 7.08 back");
        await assertSoundInBothLights(bar.page, "leave-names-phone");
        await bar.press("Rosa");
        await type(bar, "0815", "Allow it");
        await bar.says("7.08 given back");
        await bar.press("Open again");
        await bar.press("Lola");
        for (let i = 0; i < 5; i++) {
          await type(bar, "0000", "Allow it");
          await bar.page.getByRole("status", { name: "0 digits typed" }).waitFor();
        }
        await bar.says(/Too many wrong PINs. Try again in \d+ s/);
        await assertSoundInBothLights(bar.page, "leave-phone");
        assert.equal((await atHub(shop, "closed", 1))[0].number, "A1");
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CFG14] a shift with an open check is closed by a manager's PIN, and in their name",
    () =>
      inShop(async (shop) => {
        const bar = await staffed(shop);
        await bar.page.getByRole("link", { name: "Open a shift" }).click();
        await bar.press("Open the shift");
        await bar.says("Should be in the drawer");
        await bar.toBoard();
        await bar.newCheck("Bar: Lager");
        await bar.toBoard();
        await bar.page.getByRole("link", { name: /^Shift since/ }).click();
        await bar.page.getByLabel("Cash counted").fill("0");
        assert.equal(await bar.page.getByLabel("Manager who closes it all the same").count(), 0);
        await bar.press("Close it all the same");
        await assertSoundInBothLights(bar.page, "leave-shift");
        await type(bar, "4711", "Allow it");
        await bar.page.getByRole("link", { name: "Open a shift" }).waitFor();
      }),
  ),
);
