/**
 * Reads the JUnit file that `deno test --junit-path` writes: a machine's format, so no counting of coloured lines. A step of a test
 * is a case of its own, as it is in the file.
 */

export type Result = "passed" | "failed" | "skipped";

export interface Case {
  readonly file: string; // as Deno names it: "./shared/money_test.ts"
  readonly name: string;
  readonly result: Result;
}

const CASE = /<testcase name="([^"]*)" classname="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g;
const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

export function readJunit(xml: string): Case[] {
  return [...xml.matchAll(CASE)].map(([, name = "", file = "", inner = ""]) => ({
    file: unescape(file),
    name: unescape(name),
    result: resultOf(inner),
  }));
}

/** A case that was cancelled, because another brought its file down, is an `<error>`: it did not pass, so it failed. */
function resultOf(inner: string): Result {
  if (/<(failure|error)\b/.test(inner)) return "failed";
  return /<skipped\b/.test(inner) ? "skipped" : "passed";
}

function unescape(text: string): string {
  return text.replaceAll(/&(?:#(x?)([0-9a-fA-F]+)|(\w+));/g, (whole, hex, code, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(parseInt(code, hex ? 16 : 10));
  });
}
