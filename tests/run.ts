/**
 * `deno task test`: everything, on a machine that has only Node. Gets what it needs, checks types, runs the unit tests side by side,
 * then what crosses modules one file at a time, and beside it what mostly waits or needs no browser. It ends with every failed and skipped test, and as its last line, plain,
 * `N passed, N failed, N skipped`; the exit code is 1 if anything failed, or if no test ran at all.
 *
 *     deno task test                         everything
 *     deno task test server tests/sim        these files and folders
 *     deno task test --filter SYN4           tests with this in their name, or /a pattern/
 *     deno task ok                           with --quick: no pages, no browser, no tests/ but the import law
 *
 * Works in the current folder, so that its own test can point it at a small tree.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { typeCheck } from "../tools/check.ts";
import { isTest, sourceFiles } from "../tools/source_files.ts";
import type { Case, Result } from "./support/junit.ts";
import { buildPages, installPackages, provideChromium, provideNetwork } from "./support/prepare.ts";
import { failure, runBatch } from "./support/test_batch.ts";

const UNIT_FOLDERS = ["shared", "server", "agent", "web", "tools"];
const QUICK_CROSSING = ["tests/architecture_test.ts"];
/** Minutes of waiting for what a made-up network does; and what needs no browser, so that both rows take about as long. */
const BESIDE = /^tests\/(agent_|hub_|lan_|mdns_|month_|purity_|run_|sim_|tls_)/;

interface Options {
  readonly quick: boolean;
  readonly filter: string | undefined;
  readonly paths: readonly string[]; // empty: all
}

async function main(options: Options): Promise<number> {
  const cases = [...await prepare(options), ...await runAll(options)];
  if (!cases.some((test) => test.result !== "skipped")) cases.push(failure("all", "no test was run"));
  return conclude(cases);
}

/** Steps before the tests, each a failed case if it does not work; the tests run all the same and may say more. */
async function prepare({ quick }: Options): Promise<Case[]> {
  const failed: Case[] = [];
  if (!await installPackages()) failed.push(failure("deno.json", "the packages it names could not be fetched"));
  if (!await typeCheck()) failed.push(failure("type check", "see what it says above"));
  if (quick) return failed;
  await provideChromium();
  await provideNetwork();
  if (!await buildPages()) failed.push(failure("web/build.ts", "the pages could not be built"));
  return failed;
}

async function runAll({ quick, filter, paths }: Options): Promise<Case[]> {
  const wanted = (file: string) => isTest(file) && (paths.length === 0 || paths.some((path) => isUnder(file, path)));
  const unit = UNIT_FOLDERS.flatMap((folder) => sourceFiles(".", folder)).filter(wanted);
  const crossing = sourceFiles(".", "tests").filter(wanted).filter((file) => !quick || QUICK_CROSSING.includes(file));
  const cases = unit.length > 0 ? await runBatch({ files: unit, parallel: true, filter, output: "shown" }) : [];
  const inTurn = async (files: readonly string[], output: "shown" | "at the end") => {
    const told: Case[] = [];
    for (const file of files) told.push(...await runBatch({ files: [file], parallel: false, filter, output }));
    return told;
  };
  const [waiting, working] = [
    crossing.filter((file) => BESIDE.test(file)),
    crossing.filter((file) => !BESIDE.test(file)),
  ];
  const alone = working.length === 0; // then there is nothing to wait beside
  const both = await Promise.all([inTurn(working, "shown"), inTurn(waiting, alone ? "shown" : "at the end")]);
  return [...cases, ...both.flat()];
}

function isUnder(file: string, path: string): boolean {
  const clean = path.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/$/, "");
  return clean === "." || file === clean || file.startsWith(`${clean}/`);
}

/** Prints the lists and the closing line; returns the exit code. */
function conclude(cases: readonly Case[]): number {
  const of = (result: Result) => cases.filter((test) => test.result === result);
  list("Failed:", of("failed"));
  list("Skipped:", of("skipped"));
  console.log(`\n${of("passed").length} passed, ${of("failed").length} failed, ${of("skipped").length} skipped`);
  return of("failed").length === 0 ? 0 : 1;
}

function list(heading: string, cases: readonly Case[]): void {
  if (cases.length === 0) return;
  console.log(`\n${heading}`);
  for (const { file, name } of cases) console.log(`  ${file}: ${name}`);
}

function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { quick: { type: "boolean", default: false }, filter: { type: "string" } },
  });
  return { quick: values.quick, filter: values.filter, paths: positionals };
}

if (import.meta.main) process.exitCode = await main(readOptions(Deno.args));
