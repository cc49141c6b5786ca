/** The agent as a process, with the leave that start.ts gave it: enrols once, then measures and reports until it is stopped. */
import type { DeviceInfo } from "../shared/heartbeat.ts";
import { Beats } from "./beats.ts";
import { type Credentials, readCredentials, writeCredentials } from "./credentials.ts";
import { type Flags, readFlags } from "./flags.ts";
import { enrol, sendHeartbeat } from "./hub.ts";
import { type MeasureDeps, measureDevice, measureNetwork, type System } from "./measure.ts";
import { commandOf } from "./permissions.ts";
import { serviceOf } from "./service.ts";
import { runCommand } from "./shell.ts";

const EXIT_WRONG = 2;
const EXIT_NOT_ENROLLED = 4;
const NAME_MAX = 60; // characters, as the hub allows

const SYSTEM: System = Deno.build.os === "darwin" || Deno.build.os === "windows" ? Deno.build.os : "linux";
const deps: MeasureDeps = {
  system: SYSTEM,
  run: runCommand,
  interfaces: Deno.networkInterfaces,
  release: Deno.osRelease,
};

/** Measures once and prints it. */
async function once({ prints }: Flags): Promise<number> {
  const [{ network, notes }, device] = [await measureNetwork(deps), await measureDevice(deps)];
  if (prints === "json") {
    console.log(JSON.stringify({ network, device, notes }, null, 2));
    return 0;
  }
  for (const [name, value] of Object.entries({ ...network, ...device })) {
    if (value !== undefined) console.log(`${name}: ${JSON.stringify(value)}`);
  }
  for (const note of notes) console.log(`${note}.`);
  return 0;
}

/** What this computer is at the hub: kept from before, or got for the code. Undefined: it was said why not. */
async function enrolled(flags: Flags, hub: string, data: string): Promise<Credentials | undefined> {
  const stored = await readCredentials(data);
  if (stored.kind === "unreadable") console.error(`${stored.why}. It is not used.`);
  const known = stored.kind === "kept" && stored.credentials.hub === hub ? stored.credentials : undefined;
  const { code } = flags;
  if (known && (code === undefined || code === known.code)) return known;
  if (code === undefined) {
    console.error(
      stored.kind === "kept"
        ? `This computer is enrolled at ${stored.credentials.hub}, not at ${hub}. Give --code with a code of ${hub}.`
        : "This computer is not enrolled yet. On the manager's page press “Add a register”, and give its code with --code.",
    );
    return undefined;
  }
  return await enrolNow({
    hub,
    code,
    data,
    name: flags.name ?? ownName(),
    app: flags.app,
    device: await measureDevice(deps),
  });
}

async function enrolNow({ hub, code, data, name, app, device }: {
  readonly hub: string;
  readonly code: string;
  readonly data: string;
  readonly name: string;
  readonly app: string;
  readonly device: DeviceInfo;
}): Promise<Credentials | undefined> {
  const outcome = await enrol(hub, { code, name, device, app: { version: app } });
  switch (outcome.kind) {
    case "ok": {
      const { registerId, token, venue } = outcome.value;
      const credentials = { hub, code, registerId, token, name: outcome.value.name, venue };
      await writeCredentials(data, credentials);
      console.log(
        `Enrolled at ${venue} as “${credentials.name}”, ${outcome.value.letter}. Its token is kept in ${data}.`,
      );
      return credentials;
    }
    case "refused":
      console.error(`The hub did not enrol this computer: ${outcome.message}.`);
      return undefined;
    case "away":
      console.error(`The hub at ${hub} is away: ${outcome.why}. Nothing was enrolled; the code is still good.`);
      return undefined;
  }
}

async function report(flags: Flags, credentials: Credentials): Promise<number> {
  const beats = new Beats({
    app: flags.app,
    hub: credentials.hub,
    measure: () => measureNetwork(deps),
    device: () => measureDevice(deps),
    post: (beat) => sendHeartbeat(credentials.hub, credentials.token, beat),
    say: (words) => console.log(words),
    now: () => Date.now(),
    steady: () => performance.now(),
    random: () => Math.random(),
  });
  while (true) {
    const next = await beats.step();
    if (next.kind === "end") return next.code;
    await new Promise((done) => setTimeout(done, next.ms));
  }
}

/** Writes the file by which the system keeps the agent running, and says how to enable it. Nothing is enabled here. */
async function install(flags: Flags, data: string, services: string): Promise<number> {
  const args = ["--hub", flags.hub!, "--data", data, "--app", flags.app];
  const root = new URL("..", import.meta.url).pathname.replace(/^\/([A-Z]:)/i, "$1");
  const command = commandOf({
    deno: Deno.execPath(),
    script: "agent/run.ts",
    system: SYSTEM,
    hub: flags.hub,
    data,
    ca: flags.ca,
    args,
  });
  const service = serviceOf({ system: SYSTEM, folder: services, command, workingFolder: decodeURIComponent(root) });
  await Deno.mkdir(services, { recursive: true });
  await Deno.writeFile(service.path, encoded(service.content, service.encoding));
  console.log(`Wrote ${service.path}. Enable it with:\n\n  ${service.enable}\n`);
  if (service.hint) console.log(`${service.hint}.`);
  return 0;
}

function encoded(text: string, encoding: "utf-8" | "utf-16"): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode(text);
  const units = Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0));
  return new Uint8Array(units.buffer);
}

function ownName(): string {
  return Deno.hostname().split(".")[0]!.slice(0, NAME_MAX) || "Till";
}

async function run(args: string[]): Promise<number> {
  const flags = readFlags(args);
  if ("wrong" in flags) {
    console.error(flags.wrong);
    return EXIT_WRONG;
  }
  if (flags.does === "once") return await once(flags);
  const { hub, data, services } = flags;
  if (hub === undefined || data === undefined) {
    console.error("Start the agent with: deno task agent");
    return EXIT_WRONG;
  }
  const credentials = await enrolled(flags, hub, data);
  if (!credentials) return EXIT_NOT_ENROLLED;
  if (flags.does === "install") return await install(flags, data, services ?? data);
  return await report(flags, credentials);
}

if (import.meta.main) Deno.exit(await run(Deno.args));
