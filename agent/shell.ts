/** Runs the few commands that the agent has leave for, each for a short time and with an answer of bounded length. */

const COMMAND_LIMIT_MS = 8_000; // `system_profiler` takes some seconds
const OUTPUT_MAX_BYTES = 512 * 1024; // an office's list of networks is a tenth of it

export type CommandResult =
  | { readonly ok: true; readonly stdout: string }
  | { readonly ok: false; readonly why: string }; // in words, with the command's name

export type CommandRunner = (command: string, args: readonly string[]) => Promise<CommandResult>;

/** A `CommandRunner` over real processes. */
export async function runCommand(
  command: string,
  args: readonly string[],
  limitMs: number = COMMAND_LIMIT_MS,
): Promise<CommandResult> {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), limitMs);
  try {
    const child = new Deno.Command(command, {
      args: [...args],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
      env: { LC_ALL: "C.UTF-8" },
      signal: timer.signal,
    }).spawn();
    const stdout = await readUpTo(child.stdout, OUTPUT_MAX_BYTES);
    if (stdout === undefined) timer.abort();
    const { success, code } = await child.status;
    if (stdout === undefined) return { ok: false, why: `${command} printed too much` };
    if (timer.signal.aborted) return { ok: false, why: `${command} had not finished after ${limitMs / 1_000} s` };
    return success ? { ok: true, stdout } : { ok: false, why: `${command} ended with code ${code}` };
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return { ok: false, why: `${command} is not installed` };
    if (thrown instanceof Deno.errors.NotCapable || thrown instanceof Deno.errors.PermissionDenied) {
      return { ok: false, why: `there is no leave to run ${command}` };
    }
    throw thrown;
  } finally {
    clearTimeout(timeout);
  }
}

async function readUpTo(stream: ReadableStream<Uint8Array>, bytesMax: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > bytesMax) return undefined; // leaving the loop closes the stream
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
