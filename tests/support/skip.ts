/**
 * A test that cannot run on this machine is skipped, never left out: its name carries the reason, so that the console, the JUnit
 * file and the closing list of `deno task test` all show it.
 *
 *     Deno.test(unless(NO_CHROMIUM, "the console says who is late", async () => { … }));
 *
 * Deno takes the file of the call to `Deno.test` for the test's own, which is why the call stays there.
 */

const ENDS_WITHIN_MS = 6 * 60_000; // the longest takes three minutes; one that hangs is to fail by itself and let the others run

/** A test that with a `reason` is skipped for that reason. Say what is missing: "no Chromium here". */
export function unless(
  reason: string | undefined,
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): Deno.TestDefinition {
  return reason === undefined
    ? { name, fn, timeout: ENDS_WITHIN_MS }
    : { name: `${name} (skipped: ${reason})`, fn, ignore: true };
}
