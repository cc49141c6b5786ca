/** The hub as a process: flags, listening, signals. The only file that touches the process. */
import { parseArgs } from "node:util";
import { renderUnicodeCompact } from "uqr";
import type { Incident } from "../shared/rules/incident.ts";
import { createApp } from "./app.ts";
import { Attempts, hashPassphrase, hashSecret, newToken, verifyPassphrase } from "./auth.ts";
import { Hub, TICK_MS } from "./hub.ts";
import { lanAddresses, listInterfaces } from "./probe/interfaces.ts";
import { probeRound, realRoundDeps } from "./probe/round.ts";
import { agree, ROUTER_NOT_PROBED } from "./probe/router.ts";
import { createChecks } from "./store/checks.ts";
import { openDatabase } from "./store/db.ts";
import { createIncidents } from "./store/incidents.ts";
import { StoredLog } from "./store/ops.ts";
import { createSamples } from "./store/samples.ts";
import { VenueStore } from "./store/venue.ts";
import { Venue } from "./venue.ts";

const VERSION = "0.1.0";
const DEFAULT_PORT = 8787;
const PROBE_EVERY_MS = 5_000;

const { values: flags } = parseArgs({
  args: Deno.args,
  options: {
    host: { type: "string", default: "0.0.0.0" },
    port: { type: "string", default: String(DEFAULT_PORT) },
    data: { type: "string", default: "./data" },
  },
});

const port = Number(flags.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port wants a number from 0 to 65535, not “${flags.port}”`);
  Deno.exit(2);
}

const now = () => Date.now();
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
Deno.mkdirSync(flags.data, { recursive: true });
const db = openDatabase(`${flags.data}/counterpart.db`);
const store = {
  log: new StoredLog(db, now),
  checks: createChecks(db),
  incidents: createIncidents<Incident>(db),
  samples: createSamples(db),
  venue: new VenueStore(db),
};
const venue = new Venue({
  store: store.venue,
  secrets: { newToken, hashSecret, hashPassphrase, verifyPassphrase },
  random,
  now,
});

const reachable = flags.host === "0.0.0.0" || flags.host === "::" ? lanAddresses(listInterfaces()) : [flags.host];
const stop = new AbortController();
let urls: string[] = [];
const clock = { now, steady: () => performance.now() };
const hub = new Hub({ venue, store, clock, random, version: VERSION, urls: () => urls });
const app = createApp({ hub, venue, samples: store.samples, attempts: new Attempts(), now, baseUrl });

const server = Deno.serve(
  {
    hostname: flags.host,
    port,
    signal: stop.signal,
    onListen: ({ port }) => {
      urls = (reachable.length > 0 ? reachable : ["localhost"]).map((address) =>
        `http://${bracketed(address)}:${port}`
      );
      greet();
    },
  },
  (request, info) =>
    app.fetch(request, { remote: info.remoteAddr.transport === "tcp" ? info.remoteAddr.hostname : undefined }),
);

const ticking = setInterval(() => hub.tick(), TICK_MS);
let router = ROUTER_NOT_PROBED;
let probing = false;
const probe = async () => {
  if (probing) return; // a slow round is never run twice at once
  probing = true;
  const round = await probeRound(realRoundDeps(), router, now());
  router = agree(router, round.router, now());
  const macs = round.neighbours.kind === "known" ? round.neighbours.rows : [];
  hub.probed({
    router,
    interfaces: round.interfaces,
    macs: new Map(macs.flatMap(({ address, mac }) => mac ? [[address, mac]] : [])),
  });
  probing = false;
};
const rounds = setInterval(probe, PROBE_EVERY_MS);
void probe();

for (const signal of Deno.build.os === "windows" ? ["SIGINT" as const] : ["SIGINT" as const, "SIGTERM" as const]) {
  Deno.addSignalListener(signal, shutDown);
}
await server.finished;

function shutDown(): void {
  clearInterval(ticking);
  clearInterval(rounds);
  hub.stop();
  stop.abort();
  db.close();
  Deno.exit(0);
}

/** What a person needs who has just started it: where to point the iPad, and the code that makes it theirs. */
function greet(): void {
  const first = urls[0]!;
  console.log(`\nCounterpart ${VERSION} is running. Data is in ${flags.data}\n`);
  console.log(renderUnicodeCompact(first, { border: 1 }));
  for (const url of urls) console.log(`  Open ${url}`);
  if (!venue.isSetUp) console.log(`\nSetup code: ${venue.setupCode}\n`);
}

/** The address by which the asking browser reached us, when that is one that registers can reach too. */
function baseUrl(request: Request): string {
  const { hostname, host, protocol } = new URL(request.url);
  const loopback = hostname === "localhost" || hostname.startsWith("127.") || hostname === "[::1]";
  return loopback && urls[0] ? urls[0] : `${protocol}//${host}`;
}

function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
