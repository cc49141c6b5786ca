/**
 * Where this machine keeps a Chromium. COUNTERPART_CHROMIUM names one, or is "none" to do without; else the usual places, in order.
 * Apart from the launching, so that it can be asked before any package is installed.
 */
import { statSync } from "node:fs";

const LINUX = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const WINDOWS_FOLDERS = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"];
const WINDOWS = "Google\\Chrome\\Application\\chrome.exe";

export const HOW_TO_GET_CHROMIUM = "install chromium, or name one in COUNTERPART_CHROMIUM";

export type Found =
  | { readonly kind: "found"; readonly path: string }
  | { readonly kind: "unwanted" } // COUNTERPART_CHROMIUM=none
  | { readonly kind: "missing"; readonly why: string };

/** What there is to launch. A named one that is not there is missing: no other takes its place unasked. */
export function findChromium(
  env: (name: string) => string | undefined = (name) => Deno.env.get(name),
  exists: (path: string) => boolean = isFile,
): Found {
  const named = env("COUNTERPART_CHROMIUM");
  if (named === "none") return { kind: "unwanted" };
  if (named) return exists(named) ? { kind: "found", path: named } : { kind: "missing", why: `nothing at ${named}` };
  const path = [...LINUX, ...MAC, ...windowsPaths(env)].find(exists);
  return path ? { kind: "found", path } : { kind: "missing", why: `no Chromium here: ${HOW_TO_GET_CHROMIUM}` };
}

function windowsPaths(env: (name: string) => string | undefined): string[] {
  return WINDOWS_FOLDERS.flatMap((name) => env(name) ?? []).map((folder) => `${folder}\\${WINDOWS}`);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
