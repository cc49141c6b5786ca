/**
 * One `deno test` over some files, and what came of each case. A file that cannot load, a run that ends early or takes too long
 * leaves no case behind, so the exit code is believed over the JUnit file: whatever went wrong is at least one failed case.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Case, readJunit } from "./junit.ts";

const BATCH_MAX_MS = 10 * 60_000; // the longest takes some three; a hung one must not hold up a build for an hour
const LOAD_MAX_MS = 60_000;
const MATCHES_NOTHING = "/(?!)/";

export interface BatchOptions {
  readonly files: readonly string[];
  readonly parallel: boolean;
  readonly filter: string | undefined;
  readonly output: "shown" | "at the end"; // as it comes, or whole, so that two batches at once can be read
}

/** Runs the files, showing what they say as it comes. One that cannot load does not keep the others from being run. */
export async function runBatch(options: BatchOptions): Promise<Case[]> {
  const { cases, code, timedOut } = await denoTest(options);
  if (code === 0) return cases;
  if (timedOut) return [...cases, failure(nameOf(options.files), `ended after ${BATCH_MAX_MS / 60_000} minutes`)];
  const seen = new Set(cases.map((test) => test.file));
  const broken = await unloadable(options.files.filter((file) => !seen.has(file)));
  const failures = broken.map((file) => failure(file, "could not be loaded"));
  const sound = options.files.filter((file) => !broken.includes(file));
  if (cases.length === 0 && broken.length > 0 && sound.length > 0) {
    return [...failures, ...await runBatch({ ...options, files: sound })]; // one missing import stops a whole batch
  }
  const all = [...cases, ...failures];
  const told = all.some((test) => test.result === "failed");
  return told ? all : [...all, failure(nameOf(options.files), `ended with code ${code}`)]; // `only` left in, say
}

export function failure(file: string, name: string): Case {
  return { file, name, result: "failed" };
}

/**
 * Tests may do all (-A): they start the hub, browsers and `deno lint` as child processes and work in temporary folders. The hub they
 * start runs with the permissions it has for everyone.
 */
async function denoTest(options: BatchOptions): Promise<{ cases: Case[]; code: number; timedOut: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), "counterpart-junit-"));
  const report = join(folder, "junit.xml");
  try {
    const signal = AbortSignal.timeout(BATCH_MAX_MS);
    const args = ["test", "-A", "--no-check", `--junit-path=${report}`, ...flagsOf(options), ...options.files];
    const code = await run(args, signal, options.output);
    return { cases: casesIn(report, options.filter), code, timedOut: signal.aborted };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(args: string[], signal: AbortSignal, output: BatchOptions["output"]): Promise<number> {
  const command = { args, stdin: "null", signal } as const;
  if (output === "shown") return (await new Deno.Command(Deno.execPath(), command).spawn().status).code;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), command).output();
  for (const bytes of [stdout, stderr]) console.log(new TextDecoder().decode(bytes));
  return code;
}

/** The files among these that end with a code of their own when only loaded, with every test filtered out. */
async function unloadable(files: readonly string[]): Promise<string[]> {
  const broken: string[] = [];
  for (const file of files) {
    const args = ["test", "-A", "--no-check", `--filter=${MATCHES_NOTHING}`, file];
    const signal = AbortSignal.timeout(LOAD_MAX_MS);
    const { success } = await new Deno.Command(Deno.execPath(), { args, stdin: "null", signal }).output();
    if (!success) broken.push(file);
  }
  return broken;
}

/** The cases a report tells of. It tells of a test that the filter left out as of one that was skipped. */
function casesIn(report: string, filter: string | undefined): Case[] {
  return readJunit(readIfThere(report))
    .filter((test) => test.result !== "skipped" || matches(test.name, filter))
    .map((test) => ({ ...test, file: test.file.replace(/^\.\//, "") }));
}

/** Whether a filter of `deno test` lets a name through: a part of it, or a /pattern/. */
function matches(name: string, filter: string | undefined): boolean {
  if (filter === undefined) return true;
  const pattern = /^\/(.*)\/$/.exec(filter)?.[1];
  return pattern === undefined ? name.includes(filter) : new RegExp(pattern).test(name);
}

function nameOf(files: readonly string[]): string {
  return files.length === 1 ? files[0]! : `${files.length} files`;
}

function flagsOf({ parallel, filter }: BatchOptions): string[] {
  return [...(parallel ? ["--parallel"] : []), ...(filter === undefined ? [] : [`--filter=${filter}`])];
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
