/** The hub as a process: flags, listening, signals. The only file that touches the process, and with hub.ts the only one that wires. */
import { parseArgs } from "node:util";
import { renderUnicodeCompact } from "uqr";
import type { Random } from "../shared/ids.ts";
import type { Incident } from "../shared/rules/incident.ts";
import { VERSION } from "../shared/version.ts";
import { type AppDeps, createApp } from "./app.ts";
import { Attempts, hashPassphrase, hashPin, hashSecret, newToken, verifyPassphrase } from "./auth.ts";
import { Hub, type HubDeps, TICK_MS } from "./hub.ts";
import { MenuSettings } from "./menu.ts";
import { lanAddresses, listInterfaces } from "./probe/interfaces.ts";
import { probeRound, realRoundDeps } from "./probe/round.ts";
import { agree, ROUTER_NOT_PROBED } from "./probe/router.ts";
import { serveSocket } from "./socket.ts";
import { StaffSettings } from "./staff.ts";
import { createChecks } from "./store/checks.ts";
import { openDatabase } from "./store/db.ts";
import { createIncidents } from "./store/incidents.ts";
import { StoredLog } from "./store/ops.ts";
import { createSamples } from "./store/samples.ts";
import { VenueStore } from "./store/venue.ts";
import { Venue } from "./venue.ts";

const DEFAULT_PORT = 8787;
const PROBE_EVERY_MS = 5_000;

/** Puts a hub together on the database file `path`. Clock and chance are handed in, so that tests turn them by hand. */
export function assemble({ path, clock, random, urls, baseUrl, pages }: {
  readonly path: string;
  readonly clock: HubDeps["clock"];
  readonly random: Random;
  readonly urls: HubDeps["urls"];
  readonly baseUrl: AppDeps["baseUrl"];
  readonly pages?: string;
}) {
  const { now } = clock;
  const db = openDatabase(path);
  const store = {
    log: new StoredLog(db, now),
    checks: createChecks(db),
    incidents: createIncidents<Incident>(db),
    samples: createSamples(db),
    venue: new VenueStore(db),
  };
  const secrets = { newToken, hashSecret, hashPassphrase, verifyPassphrase };
  const menu = new MenuSettings({ store: store.venue, random });
  const staff = new StaffSettings({ store: store.venue, random, hashPin });
  const offer = () => ({ menu: menu.items, taxes: [...menu.taxes], staff: [...staff.all] });
  const venue = new Venue({ store: store.venue, secrets, random, now, offer });
  const hub = new Hub({ venue, store, clock, random, version: VERSION, urls });
  const app = createApp({
    ...{ hub, venue, menu, staff, now, baseUrl, pages },
    samples: store.samples,
    opsStored: () => Object.values(store.log.vector()).reduce((sum, seq) => sum + seq, 0),
    attempts: new Attempts(),
    serveSocket: (socket, source) => serveSocket(hub, socket, source),
  });
  return { hub, venue, app, store, close: () => db.close() };
}

async function run(flags: { host: string; port: number; data: string }): Promise<void> {
  Deno.mkdirSync(flags.data, { recursive: true });
  let urls: string[] = [];
  const clock = { now: () => Date.now(), steady: () => performance.now() };
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const { hub, venue, app, close } = assemble({
    path: `${flags.data}/counterpart.db`,
    clock,
    random,
    urls: () => urls,
    baseUrl: (request) => reachableBase(request, urls),
  });

  const stop = new AbortController();
  const server = Deno.serve(
    {
      hostname: flags.host,
      port: flags.port,
      signal: stop.signal,
      onListen: ({ port }) => {
        const any = flags.host === "0.0.0.0" || flags.host === "::";
        const addresses = any ? lanAddresses(listInterfaces()) : [flags.host];
        urls = (addresses.length > 0 ? addresses : ["localhost"]).map((address) =>
          `http://${bracketed(address)}:${port}`
        );
        greet(urls, flags.data, venue.isSetUp ? undefined : venue.setupCode);
      },
    },
    (request, { remoteAddr }) =>
      app.fetch(request, { remote: "hostname" in remoteAddr ? remoteAddr.hostname : undefined }),
  );

  const ticking = setInterval(() => hub.tick(), TICK_MS);
  const probing = setInterval(probeInto(hub, clock.now), PROBE_EVERY_MS);
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) {
    Deno.addSignalListener(signal, () => {
      clearInterval(ticking);
      clearInterval(probing);
      hub.stop();
      close();
      Deno.exit(0);
    });
  }
  await server.finished;
}

/** Begins a round of probes at once, and returns what begins the next one. A slow round is never run twice at once. */
function probeInto(hub: Hub, now: () => number): () => void {
  let router = ROUTER_NOT_PROBED;
  let busy = false;
  const probe = async () => {
    if (busy) return;
    busy = true;
    const round = await probeRound(realRoundDeps(), router, now());
    router = agree(router, round.router, now());
    const rows = round.neighbours.kind === "known" ? round.neighbours.rows : [];
    const macs = new Map(rows.flatMap(({ address, mac }) => mac ? [[address, mac] as const] : []));
    hub.probed({ router, interfaces: round.interfaces, macs });
    busy = false;
  };
  void probe();
  return () => void probe();
}

/** What a person needs who has just started it: where to point the iPad, and the code that makes it theirs. */
function greet(urls: readonly string[], data: string, setupCode: string | undefined): void {
  console.log(`\nCounterpart ${VERSION} is running. Data is in ${data}\n`);
  console.log(renderUnicodeCompact(urls[0]!, { border: 1 }));
  for (const url of urls) console.log(`  Open ${url}`);
  if (setupCode) console.log(`\nSetup code: ${setupCode}\n`);
}

/** The address by which the asking browser reached us, unless that is one that only this machine can reach. */
function reachableBase(request: Request, urls: readonly string[]): string {
  const { hostname, host, protocol } = new URL(request.url);
  const loopback = hostname === "localhost" || hostname.startsWith("127.") || hostname === "[::1]";
  return loopback && urls[0] ? urls[0] : `${protocol}//${host}`;
}

function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

function readFlags(): { host: string; port: number; data: string } {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      host: { type: "string", default: "0.0.0.0" },
      port: { type: "string", default: String(DEFAULT_PORT) },
      data: { type: "string", default: "./data" },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    console.error(`--port wants a number from 0 to 65535, not “${values.port}”`);
    Deno.exit(2);
  }
  return { host: values.host, port, data: values.data };
}

if (import.meta.main) await run(readFlags());
