/** Runs the few commands that the hub has leave for, each for a short time and with an answer of bounded length. */
import type { CommandResult } from "./platform.ts";

const COMMAND_LIMIT_MS = 1_500; // the longest a round may take; `ping` ends by itself after one second
const OUTPUT_MAX_BYTES = 1024 * 1024; // a neighbour table of 4096 rows is half of it

/** A `CommandRunner` over real processes. */
export async function runCommand(
  command: string,
  args: readonly string[],
  limits: { ms: number; bytes: number } = { ms: COMMAND_LIMIT_MS, bytes: OUTPUT_MAX_BYTES },
): Promise<CommandResult> {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), limits.ms);
  try {
    const child = new Deno.Command(command, {
      args: [...args],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
      env: { LC_ALL: "C" },
      signal: timer.signal,
    }).spawn();
    const stdout = await readUpTo(child.stdout, limits.bytes);
    if (stdout === undefined) timer.abort();
    const { success, code } = await child.status;
    if (stdout === undefined) {
      return { ok: false, why: "too-long", reason: `${command} printed over ${limits.bytes} bytes` };
    }
    if (timer.signal.aborted) {
      return { ok: false, why: "too-slow", reason: `${command} had not finished after ${limits.ms} ms` };
    }
    if (!success) {
      return { ok: false, why: "exit", reason: `${command} ended with code ${code}`, exitCode: code, stdout };
    }
    return { ok: true, stdout };
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) {
      return { ok: false, why: "missing", reason: `${command} is not installed on this hub` };
    }
    if (thrown instanceof Deno.errors.NotCapable || thrown instanceof Deno.errors.PermissionDenied) {
      return { ok: false, why: "not-allowed", reason: `this hub was started without leave to run ${command}` };
    }
    throw thrown;
  } finally {
    clearTimeout(timeout);
  }
}

/** The whole of a stream as text, or undefined when it is longer than that. */
async function readUpTo(stream: ReadableStream<Uint8Array>, bytesMax: number): Promise<string | undefined> {
  const decoder = new TextDecoder(); // Windows prints in its old code pages; the columns we look at are plain ASCII
  let text = "";
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > bytesMax) return undefined; // leaving the loop closes the stream
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
