/**
 * `deno task demo`: a look without iPads. A real hub on a temporary folder and four headless registers, which are real clients of the
 * real protocol, do business for an evening; keys or flags switch faults on and off.
 */
import { parseArgs } from "node:util";
import type { EnrollmentResponse, EnrolResponse } from "../shared/api.ts";
import { isKnown } from "../shared/check/op.ts";
import { openDirect } from "./direct.ts";
import { nextMove } from "./evening.ts";
import { APP, type Fault, FAULT_NAMES, FAULTS, reportOf } from "./faults.ts";
import { HeadlessRegister } from "./headless.ts";

const NAMES = ["Bar", "Till 1", "Terrace", "Window"];
const PASSPHRASE = "demo evening";
const MOVE_EVERY_MS = 1_500; // one register does one thing; a busy evening of a small place, quickened a little
const READY_WITHIN_MS = 30_000;

const USAGE = `deno task demo [--port 8787] ${FAULT_NAMES.map((name) => `[--${name}]`).join(" ")}`;
const flags = readFlags();

const ASK_NOBODY = ["--probe-targets", "off"]; // the shop is made up, so this machine's own internet is not its
const folder = Deno.makeTempDirSync({ prefix: "counterpart-demo-" });
const hubUrl = `http://127.0.0.1:${flags.port}`;
const faults = new Set<Fault>(FAULT_NAMES.filter((name) => flags[name]));
const hub = new Deno.Command(Deno.execPath(), {
  args: [
    "run",
    "--quiet",
    "-A",
    "server/start.ts",
    "--port",
    flags.port,
    "--data",
    folder,
    "--mdns",
    "off",
    ...ASK_NOBODY,
  ],
  stdout: "piped",
}).spawn();
const cookie = await setUp(await setupCode());
const registers = await Promise.all(NAMES.map((name) => enrol(name)));
tell();
listenToKeys();
apply();

const dice = Math.random;
const moving = setInterval(() => {
  const register = registers[Math.floor(dice() * registers.length)]!;
  if (register.state === "online") void move(register);
}, MOVE_EVERY_MS);

Deno.addSignalListener("SIGINT", stop);
if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", stop);
Deno.exit((await hub.status).code);

async function move(register: HeadlessRegister): Promise<void> {
  const { replica, claiming } = register;
  for (const body of nextMove(replica.book.all(), replica.nextNumber(register.letter), dice) ?? []) {
    if (isKnown(body) && "check" in body) claiming.enter(body.check, undefined);
    const outcome = await replica.write(body);
    if (outcome.ok && body.kind === "check.open") claiming.enter(outcome.id, undefined);
    if (body.kind === "check.close") claiming.leave();
  }
}

function apply(): void {
  registers.forEach((register, index) => {
    const { app, report } = reportOf(register.name, index, faults);
    register.app = app;
    register.report = report;
    const off = faults.has("silent-register") && FAULTS["silent-register"].register === register.name;
    if (off) register.pause();
    else register.resume();
    register.beat();
  });
}

/** Reads the hub's terminal: passes it on, and picks out the setup code. */
async function setupCode(): Promise<string> {
  const lines = hub.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const deadline = Date.now() + READY_WITHIN_MS;
  let text = "";
  while (Date.now() < deadline) {
    const { value, done } = await lines.read();
    if (done) break;
    text += value;
    const code = /Setup code: (\w+)/.exec(text)?.[1];
    if (code) {
      void drain(lines);
      return code;
    }
  }
  console.error(`The hub did not start. It said:\n${text}\nIs port ${flags.port} taken? Choose another with --port`);
  hub.kill("SIGTERM");
  Deno.exit(1);
}

async function drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  while (!(await reader.read()).done);
}

async function setUp(code: string): Promise<string> {
  const response = await post("/api/setup", { code, venue: "Bar Lola", passphrase: PASSPHRASE });
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function enrol(name: string): Promise<HeadlessRegister> {
  const offer = await (await post("/api/enrollments", {}, { cookie })).json() as EnrollmentResponse;
  const request = { code: offer.code, name, device: { model: "iPad Air (5th generation)" }, app: APP };
  const enrolment = await (await post("/api/registers", request)).json() as EnrolResponse;
  const register = await HeadlessRegister.start({ hub: hubUrl, enrolment, direct: openDirect });
  await register.getUpdates();
  return register;
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(`${hubUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The hub refused ${path}: ${await response.text()}`);
  return response;
}

function tell(): void {
  console.log(`\nA demo evening at Bar Lola. Open ${hubUrl} and sign in with the passphrase “${PASSPHRASE}”.`);
  console.log("Four registers are selling. Data is in a temporary folder and goes when you stop.\n");
  for (const name of FAULT_NAMES) {
    console.log(`  ${FAULTS[name].key}  ${FAULTS[name].does}${faults.has(name) ? "  (on)" : ""}   --${name}`);
  }
  console.log("  q  stop\n");
}

function listenToKeys(): void {
  if (!Deno.stdin.isTerminal()) return;
  Deno.stdin.setRaw(true, { cbreak: true });
  void (async () => {
    for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
      if (chunk === "q") return stop();
      const name = FAULT_NAMES.find((fault) => FAULTS[fault].key === chunk);
      if (!name) continue;
      if (!faults.delete(name)) faults.add(name);
      console.log(`  ${faults.has(name) ? "on " : "off"}  ${FAULTS[name].does}`);
      apply();
    }
  })();
}

function stop(): void {
  clearInterval(moving);
  for (const register of registers) register.pause();
  hub.kill("SIGTERM");
  void hub.status.then(() => {
    Deno.removeSync(folder, { recursive: true });
    Deno.exit(0);
  });
}

/** The flags; says how they are used, and ends, when asked or when one is not known. */
function readFlags(): { readonly port: string } & Partial<Record<Fault, boolean>> {
  try {
    const { help, ...values } = parseArgs({
      args: Deno.args,
      options: {
        port: { type: "string", default: "8787" },
        help: { type: "boolean", default: false },
        ...Object.fromEntries(FAULT_NAMES.map((name) => [name, { type: "boolean" as const, default: false }])),
      },
    }).values;
    if (!help) return values as { port: string };
    console.log(USAGE);
    Deno.exit(0);
  } catch (thrown) {
    console.error(`${thrown instanceof Error ? thrown.message : thrown}\n${USAGE}`);
    Deno.exit(2);
  }
}
