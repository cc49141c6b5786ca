/**
 * The files of this tree, as paths with forward slashes relative to its root. What is fetched, built or written while running
 * (node_modules, web/dist, data, anything that begins with a dot except .ci) is no source.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";

const NOT_SOURCE = new Set(["node_modules", "dist", "data", "coverage"]);
const HIDDEN_SOURCE = new Set([".ci", ".gitignore"]);

const isSource = (name: string) => name.startsWith(".") ? HIDDEN_SOURCE.has(name) : !NOT_SOURCE.has(name);

/** Every source file under `folder` of `root`, sorted. A folder that does not exist has none. */
export function sourceFiles(root: string, folder = ""): string[] {
  const files: string[] = [];
  for (const entry of entriesOf(join(root, folder))) {
    if (!isSource(entry.name)) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) files.push(...sourceFiles(root, path));
    else if (entry.isFile()) files.push(path);
  }
  return files.sort();
}

export const isTest = (path: string) => /_test\.tsx?$/.test(path);
/** A test, or a contract: the tests that each implementation of one interface runs from its own test file. */
export const isProof = (path: string) => /_(test|contract)\.tsx?$/.test(path);
export const isTypeScript = (path: string) => /\.tsx?$/.test(path);

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
