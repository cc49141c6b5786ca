/**
 * The real hub as a process of its own, started the way people start it (`deno task start`), so that a test also proves the task, its
 * permissions and what it prints. The task runs the hub as a child, so signals and measurements go to that child, not to the task.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { descendants, rssKb } from "./child_processes.ts";

const START_MAX_MS = 60_000; // builds the pages first, on two cores that other tests use
const STOP_MAX_MS = 10_000;
const ASK_EVERY_MS = 50;
const OUTPUT_MAX = 1_000_000; // characters kept of what it prints; the oldest go
const ASK_NOBODY = ["--probe-targets", "off"]; // no test depends on the internet of the machine it runs on
const HUB_COMMAND = /\bserver\/(start|main)\.ts\b/;

export interface HubOptions {
  readonly data?: string; // absent: a temporary folder, removed by stop()
  readonly port?: number; // absent: one that is free
  readonly args?: readonly string[]; // further flags of `deno task start`
  readonly root?: string; // the tree it is started in; absent: this one
}

export interface HubProcess {
  readonly url: string; // http://127.0.0.1:PORT
  readonly port: number;
  readonly data: string;
  readonly setupCode: string | undefined; // undefined: this venue was set up in an earlier run
  readonly pid: number; // of the hub itself
  output(): string; // all it has printed
  rssKb(): Promise<number>;
  stop(): Promise<void>; // as by Ctrl-C: throws if it does not end in time
  kill9(): Promise<void>; // as by a power cut: the data folder stays
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a hub and waits until it answers. Throws with all it printed when it does not. */
export async function startHub({ data, port, args = [], root }: HubOptions = {}): Promise<HubProcess> {
  const folder = data ?? mkdtempSync(join(tmpdir(), "counterpart-hub-"));
  const discard = () => data === undefined && rmSync(folder, { recursive: true, force: true });
  const chosen = port ?? await freePort();
  const task = new Deno.Command(Deno.execPath(), {
    args: ["task", "start", "--port", String(chosen), "--data", folder, ...quiet(args), ...ASK_NOBODY, ...args],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = collect(task.stdout, task.stderr);
  const url = `http://127.0.0.1:${chosen}`;
  try {
    await untilHealthy(task, url, output);
  } catch (error) {
    await end(task, "SIGKILL");
    discard();
    throw error;
  }
  const pid = await hubPid(task.pid);
  let ended = false;
  const endWith = async (signal: Deno.Signal) => {
    if (!ended) await end(task, signal, pid);
    ended = true;
  };
  const stop = async () => {
    await endWith("SIGTERM");
    discard();
  };
  return {
    url,
    port: chosen,
    data: folder,
    setupCode: /^\s*Setup code: (\S+)$/m.exec(output())?.[1],
    pid,
    output,
    rssKb: () => rssKb(pid),
    stop,
    kill9: () => endWith("SIGKILL"),
    [Symbol.asyncDispose]: stop,
  };
}

/** Hubs of tests run side by side: they would find each other, as second hubs of one venue. */
function quiet(args: readonly string[]): readonly string[] {
  return args.includes("--mdns") ? [] : ["--mdns", "off"];
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => typeof address === "object" && address ? done(address.port) : failed(new Error("No port")));
    });
  });
}

async function untilHealthy(task: Deno.ChildProcess, url: string, output: () => string): Promise<void> {
  let exited: number | undefined;
  task.status.then(({ code }) => exited = code);
  const deadline = performance.now() + START_MAX_MS;
  while (performance.now() < deadline) {
    if (exited !== undefined) throw new Error(`Cannot start the hub: it ended with code ${exited}.\n${output()}`);
    const healthy = /^\s*Open http/m.test(output()) && await answers(`${url}/healthz`);
    await pause(); // once more when healthy: what it printed before it answered has been read by then
    if (healthy) return;
  }
  throw new Error(`Cannot start the hub: no answer within ${START_MAX_MS / 1_000} s.\n${output()}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** The hub is the last of the task's children that runs it: it may have been started by another of its own files. */
async function hubPid(taskPid: number): Promise<number> {
  const hub = (await descendants(taskPid)).findLast(({ command }) => HUB_COMMAND.test(command));
  if (!hub) throw new Error(`Cannot find the hub among the processes of task ${taskPid}`);
  return hub.pid;
}

/** Sends the signal to the hub, and waits for the task that runs it to end. Without a hub, all that the task has started is ended. */
async function end(task: Deno.ChildProcess, signal: Deno.Signal, hub?: number): Promise<void> {
  const targets = hub === undefined ? [...(await descendants(task.pid)).map(({ pid }) => pid), task.pid] : [hub];
  for (const pid of targets) send(pid, signal);
  const late = setTimeout(() => [hub ?? task.pid, task.pid].forEach((pid) => send(pid, "SIGKILL")), STOP_MAX_MS);
  const started = performance.now();
  await task.status;
  clearTimeout(late);
  if (performance.now() - started >= STOP_MAX_MS) {
    throw new Error(`The hub did not end within ${STOP_MAX_MS / 1_000} s`);
  }
}

function send(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) && !(error instanceof TypeError)) throw error; // it has ended already
  }
}

/** Reads both streams as they come, so that the hub never waits for a reader. */
function collect(...streams: readonly ReadableStream<Uint8Array>[]): () => string {
  let text = "";
  for (const stream of streams) {
    stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
      .pipeTo(new WritableStream({ write: (chunk) => void (text = (text + chunk).slice(-OUTPUT_MAX)) }))
      .catch(() => {}); // the process is gone; what it said until then stands
  }
  return () => text;
}

function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done, ASK_EVERY_MS));
}
