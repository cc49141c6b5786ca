/**
 * What imports what in this tree, as Deno itself resolves it (`deno info --json`), so that no trick of spelling hides an import.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isTypeScript, sourceFiles } from "../../tools/source_files.ts";

export interface Import {
  readonly to: string; // a path in the tree, "npm:zod", "node:fs", or "missing:…"
  readonly kind: "value" | "type";
}

export interface Module {
  readonly path: string; // with forward slashes, relative to the root
  readonly imports: readonly Import[];
  readonly text: string;
}

/** The parts of `deno info --json` that are read here. */
interface Info {
  readonly modules: readonly { readonly specifier: string; readonly dependencies?: readonly Dependency[] }[];
}
interface Dependency {
  readonly specifier: string;
  readonly code?: Resolution;
  readonly type?: Resolution;
}
interface Resolution {
  readonly specifier?: string;
}

/** Every module of the tree at `root`, tests too. */
export async function moduleGraph(root: string): Promise<Module[]> {
  const paths = sourceFiles(root).filter(isTypeScript);
  const info = await denoInfo(root, paths);
  const bySpecifier = new Map(info.modules.map((module) => [module.specifier, module.dependencies ?? []]));
  return paths.map((path) => {
    const dependencies = bySpecifier.get(pathToFileURL(resolve(root, path)).href) ?? [];
    const imports = dependencies.flatMap((dependency) => importsOf(root, dependency));
    return { path, imports, text: readFileSync(join(root, path), "utf8") };
  });
}

/** `deno info` takes one root, so a passing module that imports all stands in for it. */
async function denoInfo(root: string, paths: readonly string[]): Promise<Info> {
  const folder = mkdtempSync(join(tmpdir(), "counterpart-graph-"));
  try {
    const entry = join(folder, "all.ts");
    writeFileSync(entry, paths.map((path) => `import "${pathToFileURL(resolve(root, path)).href}";\n`).join(""));
    const args = ["info", "--json", "--config", resolve(root, "deno.json"), entry];
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: root }).output();
    if (!success) throw new Error(`Cannot read the module graph: ${new TextDecoder().decode(stderr)}`);
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function importsOf(root: string, { specifier, code, type }: Dependency): Import[] {
  const value = code ? [{ to: placeOf(root, code, specifier), kind: "value" as const }] : [];
  const typed = type && !code ? [{ to: placeOf(root, type, specifier), kind: "type" as const }] : [];
  return [...value, ...typed];
}

function placeOf(root: string, { specifier }: Resolution, written: string): string {
  if (specifier === undefined) return `missing:${written}`;
  if (specifier.startsWith("npm:")) return `npm:${packageOf(specifier)}`;
  if (!specifier.startsWith("file:")) return specifier;
  return fileURLToPath(specifier).slice(resolve(root).length + 1).replaceAll("\\", "/");
}

/** "npm:/@preact/signals@2.1/runtime" is of the package "@preact/signals". */
function packageOf(specifier: string): string {
  return /^npm:\/?((?:@[^/]+\/)?[^@/]+)/.exec(specifier)?.[1] ?? specifier;
}
