/// <reference lib="deno.ns" />
/**
 * Puts what was built in place without a moment in which a page is missing: only what changed is moved there, each file in one step.
 * So a hub that runs meanwhile goes on serving whole pages, and two builds at once do not disturb each other.
 */

const LEFT_MS = 10 * 60_000; // a build takes seconds: one that is older was ended before it could tidy up
const STAGE = ".stage-";

/** A new folder in `dist` to build into. Whatever builds that were ended have left behind goes. */
export async function stageIn(dist: string): Promise<string> {
  await Deno.mkdir(dist, { recursive: true });
  for await (const { name } of Deno.readDir(dist)) {
    if (!name.startsWith(STAGE)) continue;
    const { mtime } = await Deno.stat(`${dist}/${name}`);
    if (Date.now() - (mtime?.getTime() ?? 0) > LEFT_MS) await Deno.remove(`${dist}/${name}`, { recursive: true });
  }
  const stage = `${dist}/${STAGE}${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
  await Deno.mkdir(stage);
  return stage;
}

/** Moves what differs from `stage` to `dist`, pages last since they name the others; then what is no longer part of it goes. */
export async function settle(stage: string, dist: string): Promise<void> {
  const built = await filesIn(stage);
  await Deno.mkdir(`${dist}/assets`, { recursive: true });
  for (const file of built.toSorted((a, b) => Number(isPage(a)) - Number(isPage(b)))) {
    if (!await isSame(`${stage}/${file}`, `${dist}/${file}`)) await Deno.rename(`${stage}/${file}`, `${dist}/${file}`);
  }
  await Deno.remove(stage, { recursive: true });
  const kept = new Set(built);
  for (const file of await filesIn(dist)) {
    if (!kept.has(file)) await Deno.remove(`${dist}/${file}`).catch(ignoreMissing);
  }
}

/** Files of a folder and of `assets` in it, as paths from it. */
async function filesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const part of ["", "assets/"]) {
    for await (const { name, isFile } of Deno.readDir(`${folder}/${part}`)) if (isFile) found.push(part + name);
  }
  return found;
}

async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([Deno.readFile(one), Deno.readFile(other).catch(ignoreMissing)]);
  return b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function isPage(file: string): boolean {
  return file.endsWith(".html") || file.endsWith("-sw.js");
}

/** Another build at the same time may have been there first. */
function ignoreMissing(cause: unknown): undefined {
  if (!(cause instanceof Deno.errors.NotFound)) throw cause;
}
