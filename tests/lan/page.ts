/// <reference lib="dom" />
/** A register's page in a browser of its own on a host of the network, as an iPad is. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { findChromium } from "../support/find_chromium.ts";
import { enrol } from "../support/till_page.ts";
import type { Host, Lan } from "./network.ts";
import type { Shop } from "./shop.ts";

export interface LanPage {
  readonly name: string;
  readonly page: Page;
  readonly browser: Browser;
}

/** Enrols a page. Its browser is driven over a pipe, so that this process needs no way into that network. */
export async function addPage(lan: Lan, shop: Shop, name: string, host: Host): Promise<LanPage> {
  await lan.defaultRoute(host);
  const browser = await launchOn(host);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(await shop.link());
  await enrol(page, name);
  return { name, page, browser };
}

async function launchOn(host: Host): Promise<Browser> {
  const found = findChromium();
  if (found.kind !== "found") throw new Error("Cannot launch Chromium: there is none");
  const folder = mkdtempSync(join(tmpdir(), "counterpart-lan-"));
  const script = join(folder, "chromium");
  try {
    writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${host.name} ${found.path} "$@"\n`);
    chmodSync(script, 0o700);
    return await launchChromium([], script);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface PathTold {
  readonly path: string;
  readonly why: string | null; // why it is not direct
}

/** How changes reach the other register by this page's Diagnostics, and why if not directly. */
export async function pathTo({ page }: LanPage): Promise<PathTold> {
  const cell = page.locator('.peers tbody tr:not(.peer-own) [data-name="Changes reach it"]').first();
  return { path: await cell.innerText(), why: await cell.getAttribute("title") };
}
