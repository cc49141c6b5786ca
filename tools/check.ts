/**
 * The type check, in two passes. First `shared/` without its tests, where only the language itself is known, so that a clock, a
 * timer or a file is a type error; a test beside it brings in Deno's and Node's types, which would hide the slip. Then everything.
 */
import { isProof, isTypeScript, sourceFiles } from "./source_files.ts";

/** True when both passes succeed in the current folder. What is wrong is printed as it is found. */
export async function typeCheck(): Promise<boolean> {
  const pure = sourceFiles(".", "shared").filter((path) => isTypeScript(path) && !isProof(path));
  const pureHolds = pure.length === 0 || await check(pure);
  return await check([]) && pureHolds;
}

async function check(paths: readonly string[]): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), { args: ["check", "--quiet", ...paths] }).spawn().status;
  return success;
}

if (import.meta.main) Deno.exit(await typeCheck() ? 0 : 1);
