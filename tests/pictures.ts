/** Makes the README's pictures from a running demo: `deno run -A tests/pictures.ts http://127.0.0.1:8787`. */
import { launchChromium } from "./support/chromium.ts";

const PASSPHRASE = "demo evening";
const [base = "http://127.0.0.1:8787"] = Deno.args;

const browser = await launchChromium();
const page = await (await browser.newContext({ viewport: { width: 1180, height: 820 } })).newPage();
await page.goto(base);
await page.getByLabel("Passphrase").fill(PASSPHRASE);
await page.keyboard.press("Enter");
await page.getByRole("heading", { name: "Registers" }).waitFor();
await page.waitForTimeout(2_000); // one more view, so that round trips are in
await Deno.mkdir("docs", { recursive: true });
await page.screenshot({ path: "docs/manager.png", fullPage: true });
await browser.close();
