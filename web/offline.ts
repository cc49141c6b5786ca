/// <reference lib="deno.ns" />
/**
 * What makes the register's page start with the hub off: its manifest and icons, and a service worker that knows every file of the page
 * and a version made of their contents.
 */
import { build as bundle, type BuildOptions, type Metafile } from "esbuild";
import { drawIcon, type IconShape } from "./icons.ts";

const ICONS: readonly (readonly [file: string, size: number, shape: IconShape])[] = [
  ["icon-180.png", 180, "full"],
  ["icon-192.png", 192, "rounded"],
  ["icon-512.png", 512, "rounded"],
  ["icon-masked-512.png", 512, "masked"],
];
const MANIFEST = {
  id: "/register",
  name: "Counterpart register",
  short_name: "Register",
  start_url: "/register",
  scope: "/register",
  display: "standalone",
  background_color: "#fbf8f2", // paper, as in ui/tokens.css
  theme_color: "#fbf8f2",
  icons: ICONS.map(([file, size, shape]) => ({
    src: `/${file}`,
    sizes: `${size}x${size}`,
    type: "image/png",
    purpose: shape === "masked" ? "maskable" : "any",
  })),
};

/** What the head of an installable page says. */
export const INSTALLABLE_HEAD = `    <link rel="manifest" href="/register.webmanifest">
    <link rel="apple-touch-icon" href="/icon-180.png">
    <meta name="apple-mobile-web-app-title" content="Register">
    <meta name="theme-color" content="#fbf8f2" media="(prefers-color-scheme: light)">
    <meta name="theme-color" content="#181613" media="(prefers-color-scheme: dark)">
`;

export async function writeInstallable(dist: string): Promise<void> {
  await Deno.writeTextFile(`${dist}/register.webmanifest`, JSON.stringify(MANIFEST));
  for (const [file, size, shape] of ICONS) await Deno.writeFile(`${dist}/${file}`, await drawIcon(size, shape));
}

/** `assets`: every script and style that the page may load, as the browser asks for it. The page's HTML is in `dist` by now. */
export async function writeWorker(dist: string, assets: readonly string[], options: BuildOptions): Promise<void> {
  const plain = ["/register.webmanifest", "/favicon.svg", ...ICONS.map(([file]) => `/${file}`)];
  const files = [...assets, ...plain].toSorted();
  const contents = await Promise.all(["/register.html", ...files].map((file) => Deno.readFile(`${dist}${file}`)));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(contents).arrayBuffer()));
  await bundle({
    ...options,
    outdir: undefined,
    entryNames: undefined,
    entryPoints: [`${import.meta.dirname}/register/sw.ts`],
    outfile: `${dist}/register-sw.js`,
    format: "iife",
    define: { SHELL: JSON.stringify({ version: digest.toHex().slice(0, 16), files: ["/register", ...files] }) },
  });
}

/** An output and all that it imports, at once or later, itself first. */
export function reachable(metafile: Metafile, entry: string): string[] {
  const found = new Set([entry]);
  for (const path of found) { // a set that grows is walked to its end
    for (const imported of metafile.outputs[path]?.imports ?? []) if (!imported.external) found.add(imported.path);
  }
  return [...found];
}
