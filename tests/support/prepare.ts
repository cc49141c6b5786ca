/**
 * What a run of the tests needs on a machine that has only Node: packages, a Chromium, the built pages. Each step says in one line
 * what it does, and what to do when it cannot.
 */
import { existsSync } from "node:fs";
import { findChromium } from "./find_chromium.ts";

const DEBIAN_PACKAGES = ["chromium", "fonts-liberation"]; // without a font every screenshot is empty boxes
const NETWORK_COMMANDS = { // command, and its package
  ip: "iproute2",
  nft: "nftables",
  curl: "curl",
  ping: "iputils-ping",
  dnsmasq: "dnsmasq-base",
};
const STEP_MAX_MS = 10 * 60_000; // a slow line and a cold package cache take two of them
const PAGES = "web/build.ts";
const PAGES_PERMISSIONS = ["--allow-read", "--allow-write=web/dist", "--allow-env", "--allow-run"];

/** Fetches the packages that deno.json names, into node_modules. False when that did not work. */
export async function installPackages(): Promise<boolean> {
  return await shown(Deno.execPath(), ["install", "--quiet"]);
}

/** Bundles the pages, if this tree has any. False when that did not work. */
export async function buildPages(): Promise<boolean> {
  if (!existsSync(PAGES)) return true;
  return await shown(Deno.execPath(), ["run", ...PAGES_PERMISSIONS, PAGES]);
}

/** Sees to it that there is a Chromium where one can be had. Without it browser tests are skipped, which is no failure. */
export async function provideChromium(): Promise<void> {
  const found = findChromium();
  if (found.kind !== "missing") return;
  if (Deno.env.get("COUNTERPART_CHROMIUM") || !await canAptGet()) {
    console.log(`Browser tests will be skipped: ${found.why}`);
    return;
  }
  console.log(`Installing ${DEBIAN_PACKAGES.join(" and ")} with apt-get, for the browser tests…`);
  const updated = await aptGet(["update"]);
  const installed = updated.ok
    ? await aptGet(["install", "--yes", "--no-install-recommends", ...DEBIAN_PACKAGES])
    : updated;
  if (!installed.ok) console.log(`Browser tests will be skipped: apt-get could not do it. ${installed.output.trim()}`);
}

/** Sees to it that the tests on a network of their own have their commands, where root can have them. Else those tests are skipped. */
export async function provideNetwork(): Promise<void> {
  const missing = Object.entries(NETWORK_COMMANDS).filter(([command]) => !has(command)).map(([, name]) => name);
  if (missing.length === 0 || !await canAptGet()) return;
  console.log(`Installing ${missing.join(", ")} with apt-get, for the tests on a network of their own…`);
  await aptGet(["update"]);
  const installed = await aptGet(["install", "--yes", "--no-install-recommends", ...missing]);
  if (!installed.ok) console.log(`Some of those will be skipped: apt-get could not do it. ${installed.output.trim()}`);
}

/** Whether a command is on the path. */
export function has(command: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").concat("/usr/sbin", "/sbin").some((folder) =>
    existsSync(`${folder}/${command}`)
  );
}

async function canAptGet(): Promise<boolean> {
  return Deno.build.os === "linux" && Deno.uid() === 0 && (await aptGet(["--version"])).ok;
}

/** Runs to the end with its output shown. */
async function shown(command: string, args: readonly string[]): Promise<boolean> {
  const signal = AbortSignal.timeout(STEP_MAX_MS);
  return (await new Deno.Command(command, { args: [...args], stdin: "null", signal }).spawn().status).success;
}

/** Runs to the end, with nobody to answer a question, and hands the output back. */
async function aptGet(args: readonly string[]): Promise<{ ok: boolean; output: string }> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const signal = AbortSignal.timeout(STEP_MAX_MS);
  try {
    const command = new Deno.Command("apt-get", { args: ["-qq", ...args], env, stdin: "null", signal });
    const { success, stdout, stderr } = await command.output();
    return { ok: success, output: decode(stdout) + decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { ok: false, output: "There is no apt-get here." };
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
