/// <reference lib="deno.ns" />
/**
 * Builds the pages into `web/dist`: one entry each for the console and the register, chunks for what they share or load late, names
 * that carry a hash of their content, and the HTML that names them. Nothing is inline, so the pages run under a strict policy.
 *
 * Needs `--allow-read=web,shared,node_modules --allow-write=web/dist --allow-env --allow-run`: esbuild is a binary of its own whose
 * path differs by platform, and starting one through Node's API hands it the whole environment.
 */
import { build as bundle, type BuildOptions, type Metafile, type Plugin, stop } from "esbuild";
import { INSTALLABLE_HEAD, reachable, writeInstallable, writeWorker } from "./offline.ts";
import { settle, stageIn } from "./settle.ts";

interface Page {
  readonly name: string; // web/NAME/main.tsx and web/NAME/main.css
  readonly html: string;
  readonly title: string;
  readonly head?: string; // what only this page's head has
}

const PAGES: readonly Page[] = [
  { name: "console", html: "index.html", title: "Counterpart" },
  { name: "console/installer", html: "install.html", title: "Installing" },
  { name: "register", html: "register.html", title: "Register", head: INSTALLABLE_HEAD },
  { name: "trust", html: "trust.html", title: "Trust this hub" },
];
const WEB = import.meta.dirname!;
const DIST = `${WEB}/dist`;

const BUNDLE: BuildOptions = {
  absWorkingDir: WEB,
  bundle: true,
  minify: true,
  metafile: true,
  write: true,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  target: ["safari15.4", "chrome100", "firefox100"], // the iPad Air 2 ends at iPadOS 15
  legalComments: "none",
  logLevel: "warning",
};

/** Zod carries its messages in fifty languages, 200 kB of them; ours are in English and written here. */
const WITHOUT_LOCALES: Plugin = {
  name: "without-locales",
  setup(build) {
    build.onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({ contents: "export {};" }));
  },
};

/** Writes every page whose sources exist. */
export async function build(): Promise<void> {
  const stage = await stageIn(DIST);
  const options = { ...BUNDLE, outdir: `${stage}/assets` };
  const pages = await existing(PAGES);
  try {
    const [modules, boot] = await Promise.all([bundlePages(pages, options), bundleBoot(options)]);
    await Promise.all(pages.map((page) => Deno.writeTextFile(`${stage}/${page.html}`, html(page, modules, boot))));
    await Deno.writeTextFile(`${stage}/favicon.svg`, await Deno.readTextFile(`${WEB}/ui/favicon.svg`));
    await writeInstallable(stage);
    await writeWorker(stage, filesOf("register", modules, boot), options);
    await settle(stage, DIST);
  } finally {
    await stop();
    await Deno.remove(stage, { recursive: true }).catch(ignoreMissing);
  }
}

async function bundlePages(pages: readonly Page[], options: BuildOptions): Promise<Metafile> {
  const { metafile } = await bundle({
    ...options,
    entryPoints: pages.flatMap(({ name }) => [
      { in: `${WEB}/${name}/main.tsx`, out: name },
      { in: `${WEB}/${name}/main.css`, out: name },
    ]),
    format: "esm",
    splitting: true,
    plugins: [WITHOUT_LOCALES],
    inject: [`${WEB}/lib/no_eval.ts`],
    jsx: "automatic",
    jsxImportSource: "preact",
  });
  return metafile!;
}

/** A classic script, which runs before the first paint and before the page's own can fail to arrive. */
async function bundleBoot(options: BuildOptions): Promise<Metafile> {
  const entryPoints = [{ in: `${WEB}/lib/boot.ts`, out: "boot" }];
  const { metafile } = await bundle({ ...options, entryPoints, format: "iife" });
  return metafile!;
}

/** Every script and style that a page may load, now or later. */
function filesOf(name: string, modules: Metafile, boot: Metafile): string[] {
  const script = outputOf(modules, `${name}/main.tsx`);
  const others = [outputOf(modules, `${name}/main.css`).url, outputOf(boot, "lib/boot.ts").url];
  return [...reachable(modules, script.path).map(urlOf), ...others];
}

function html({ name, title, head = "" }: Page, modules: Metafile, boot: Metafile): string {
  const script = outputOf(modules, `${name}/main.tsx`);
  const preloads = modules.outputs[script.path]!.imports
    .filter((each) => each.kind === "import-statement")
    .map((each) => `    <link rel="modulepreload" href="${urlOf(each.path)}">\n`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <meta name="color-scheme" content="light dark">
    <meta name="apple-mobile-web-app-capable" content="yes">
    <title>${title}</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
${head}    <script src="${outputOf(boot, "lib/boot.ts").url}"></script>
    <link rel="stylesheet" href="${outputOf(modules, `${name}/main.css`).url}">
${preloads.join("")}    <script type="module" src="${script.url}"></script>
  </head>
  <body>
    <div id="app"></div>
    <div class="unloaded" role="alert">
      <h1>This page is not all here</h1>
      <p>Part of it is still on its way from the hub, or was lost. If this stays, check the Wi-Fi of this device.</p>
      <p hidden>It loads again by itself as soon as the hub answers.</p>
      <p><a class="button" href="">Load it now</a></p>
    </div>
    <noscript>This page needs JavaScript. Switch it on in the browser's settings and load the page again.</noscript>
  </body>
</html>
`;
}

function outputOf(metafile: Metafile, entryPoint: string): { path: string; url: string } {
  const found = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === entryPoint);
  if (!found) throw new Error(`Cannot write page: ${entryPoint} has no output`);
  return { path: found[0], url: urlOf(found[0]) };
}

/** `dist/STAGE/assets/x.js`, relative to `web`, as the browser asks for it. */
function urlOf(path: string): string {
  return path.slice(path.lastIndexOf("/assets/"));
}

async function existing(pages: readonly Page[]): Promise<Page[]> {
  const found = await Promise.all(
    pages.map(async (page) => {
      const info = await Deno.stat(`${WEB}/${page.name}/main.tsx`).catch(ignoreMissing);
      return info ? [page] : [];
    }),
  );
  return found.flat();
}

function ignoreMissing(cause: unknown): undefined {
  if (!(cause instanceof Deno.errors.NotFound)) throw cause;
}

if (import.meta.main) await build();
