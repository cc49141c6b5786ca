/**
 * A copy of what a hub is started from, for a test that changes the pages: every start of a hub builds the pages of its tree anew, and tests
 * run beside each other.
 */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const COPIED = ["deno.json", "deno.lock", "shared", "server", "web"];
const BUILT = resolve("web/dist");

/** A folder outside this tree, with the same packages; it goes with `using`. */
export function ownTree(): Disposable & { readonly root: string } {
  const root = mkdtempSync(join(tmpdir(), "counterpart-tree-"));
  for (const path of COPIED) {
    cpSync(path, join(root, path), { recursive: true, filter: (from) => resolve(from) !== BUILT });
  }
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}
