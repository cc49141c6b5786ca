/** The hub as a process: flags, listening, signals. The only file that touches the process, and with hub.ts the only one that wires. */
import type { Random } from "../shared/ids.ts";
import type { Facts } from "../shared/rules/facts.ts";
import { WALK_PLAN, type WalkPlan } from "../shared/install/walk.ts";
import type { Incident } from "../shared/rules/incident.ts";
import { VERSION } from "../shared/version.ts";
import { type AppDeps, createApp } from "./app.ts";
import { Attempts, hashPassphrase, hashPin, hashSecret, newToken, verifyPassphrase } from "./auth.ts";
import { ChannelSettings } from "./channels.ts";
import { Chronicle } from "./chronicle.ts";
import { DhcpDesk, type DhcpDeskDeps } from "./dhcp_desk.ts";
import { type Flags, readFlags } from "./flags.ts";
import { alsoAt, greeting } from "./greeting.ts";
import { History } from "./history.ts";
import { announced, hubIdOf } from "./announced.ts";
import { Hub, TICK_MS } from "./hub.ts";
import type { HubDeps } from "./hub_deps.ts";
import { openAir } from "./mdns/air.ts";
import { Mdns, MDNS_TICK_MS } from "./mdns/mdns.ts";
import { ownNetworks } from "./mdns/networks.ts";
import { MaintenancePlan } from "./maintenance.ts";
import { Install } from "./install.ts";
import { MenuSettings } from "./menu.ts";
import { NoticeDesk } from "./notice_desk.ts";
import { Notices } from "./notices.ts";
import { hostOf, isLocal, sayTarget } from "./notify/channel.ts";
import { sayInstant } from "./notify/instant.ts";
import { send } from "./notify/send.ts";
import { askAddress, askDue } from "./probe/address.ts";
import { realAddressDeps } from "./probe/address_deps.ts";
import { searchDhcp } from "./probe/dhcp_servers.ts";
import { isVirtual, lanAddresses, listInterfaces } from "./probe/interfaces.ts";
import { thisMachine } from "./probe/machine.ts";
import { Pace, PACE_TICK_MS } from "./probe/pace.ts";
import { planOf, type ProbeTargets, readTargets } from "./probe/settings.ts";
import { watch } from "./probe/watch.ts";
import { ProbingDesk } from "./probing_desk.ts";
import { Pulse, PULSE_EVERY_MS } from "./pulse.ts";
import { reachableBase, urlsAt } from "./reach.ts";
import { Runbooks } from "./runbooks.ts";
import { serveSocket } from "./socket.ts";
import { StaffSettings } from "./staff.ts";
import { createChecks } from "./store/checks.ts";
import { createDamaged } from "./store/damaged.ts";
import { openDatabase } from "./store/db.ts";
import { createIncidents } from "./store/incidents.ts";
import { createInstallStore } from "./store/install.ts";
import { createLosses } from "./store/losses.ts";
import { createMaintenance } from "./store/maintenance.ts";
import { createMoments } from "./store/moments.ts";
import { type DamagedRow, StoredLog } from "./store/ops.ts";
import { RetiredOps } from "./store/retired.ts";
import { createOutbox } from "./store/outbox.ts";
import { createRuns } from "./store/runs.ts";
import { createRunbooks } from "./store/runbooks.ts";
import { createSamples } from "./store/samples.ts";
import { VenueStore } from "./store/venue.ts";
import { Survey } from "./survey.ts";
import { HUB_NAMES } from "./tls/names.ts";
import { openSecure } from "./tls/open_secure.ts";
import type { SecureServer } from "./tls/secure_server.ts";
import { trustIn } from "./tls/trust.ts";
import { Venue } from "./venue.ts";
import { layerStates } from "./view.ts";
import { Walks } from "./walks.ts";

const RENEW_EVERY_MS = 60_000; // the hub's addresses may have changed
const ASK_ROUND_MS = 2_000; // how often it is looked whether a quiet register's address is to be asked

/** Puts a hub together on the database file `path`. Clock and chance are handed in, so that tests turn them by hand. */
export function assemble(
  { path, clock, zone, random, urls, baseUrl, trust, pages, walkPlan = WALK_PLAN, search, byFlag }: {
    readonly path: string;
    readonly clock: HubDeps["clock"];
    readonly zone?: HubDeps["zone"];
    readonly random: Random;
    readonly urls: HubDeps["urls"];
    readonly baseUrl: AppDeps["baseUrl"];
    readonly trust?: AppDeps["trust"];
    readonly pages?: string;
    readonly walkPlan?: WalkPlan;
    readonly search?: DhcpDeskDeps["search"]; // absent: the network is not asked
    readonly byFlag?: ProbeTargets; // whom the command line has the probes ask
  },
) {
  const { now } = clock;
  const db = openDatabase(path);
  const store = {
    log: new StoredLog(db, now, tellDamaged),
    damaged: createDamaged(db),
    retired: new RetiredOps(db),
    checks: createChecks(db),
    incidents: createIncidents<Incident>(db),
    losses: createLosses(db),
    maintenance: createMaintenance(db),
    moments: createMoments(db),
    runs: createRuns(db),
    install: createInstallStore(db),
    samples: createSamples(db),
    venue: new VenueStore(db),
  };
  const secrets = { newToken, hashSecret, hashPassphrase, verifyPassphrase };
  const menu = new MenuSettings({ store: store.venue, random });
  const staff = new StaffSettings({ store: store.venue, random, hashPin });
  const offer = () => ({ menu: menu.items, taxes: [...menu.taxes], staff: [...staff.all] });
  const survey = new Survey({ store: store.install, random, now });
  const venue = new Venue({ store: store.venue, secrets, random, now, offer, survey: () => survey.fact() });
  const hours = () => venue.openingHours ?? undefined;
  const maintenance = new MaintenancePlan({ store: store.maintenance, random, now });
  const history = new History({ store, hours, registers: () => venue.registers() });
  const look = (facts: Facts) => ({ layers: layerStates(facts), openChecks: store.checks.counts().open });
  const chronicle = new Chronicle({ store, hours, look, maintenance, history, random, startedAt: now() });
  const channels = new ChannelSettings({ store: store.venue, random, hostOf });
  const notices = new Notices({
    ...{ outbox: createOutbox(db), channels, send, sayInstant, now, random, venue: () => venue.name },
    closed: () => !chronicle.isOpen(now()),
    isLocal: (target) => isLocal(hostOf(target)),
    failed: (message) => hub.storageFailed(message),
  });
  const runbooks = new Runbooks({
    ...{ store: createRunbooks(db), random, failed: (message: string) => hub.storageFailed(message) },
  });
  const probing = new ProbingDesk({
    store: store.venue,
    plan: (set) => planOf(set, byFlag),
    asksByFlag: byFlag !== undefined,
  });
  const dhcp = new DhcpDesk({ store: store.venue, search: search ?? notAsked, now });
  const hub = new Hub({
    ...{ venue, store, clock, zone, random, version: VERSION, urls },
    ...{ dhcp, notices, chronicle, runbooks },
  });
  const walks = new Walks({
    ...{ plan: walkPlan, random, now },
    register: (id) => hub.register(id),
    ask: (register, spot) => hub.desk.askToWalk(register, spot),
    done: (walk) => survey.walked(walk),
  });
  const install = new Install({
    ...{ store: store.install, survey, walks, random, version: VERSION },
    facts: () => ({ ...hub.facts(), venue: venue.fact(), dhcp: dhcp.fact() }), // they count at once, not with the next round
    canWalk: (register) => hub.desk.canWalk(register),
  });
  const app = createApp({
    ...{ install, survey, walks, runbooks, dhcp, probing },
    ...{ hub, venue, menu, staff, now, baseUrl, trust, pages, history, maintenance },
    desk: new NoticeDesk({ notices, channels, sayTarget, now }),
    samples: store.samples,
    opsStored: () => Object.values(store.log.heads()).reduce((sum, seq) => sum + seq, 0),
    attempts: new Attempts(),
    serveSocket: (socket, source) => serveSocket(hub, socket, source, clock.steady),
  });
  const close = () => {
    notices.stop();
    db.close();
  };
  return { hub, venue, app, store, notices, probing, close };
}

const notAsked: DhcpDeskDeps["search"] = () => Promise.resolve({ kind: "unknown", why: "this hub asks nobody" });

function tellDamaged({ id, check, why }: DamagedRow): void {
  const of = check === undefined ? "" : ` of check ${check}`;
  console.error(`Stored change ${id}${of} is damaged (${why}). It was set aside, and the registers are asked for it.`);
}

async function run(flags: Flags, targets: ProbeTargets | undefined): Promise<void> {
  Deno.mkdirSync(flags.data, { recursive: true });
  const any = flags.host === "0.0.0.0" || flags.host === "::";
  const addresses = () => any ? lanAddresses(listInterfaces()) : [flags.host];
  let port = flags.port;
  let secure: SecureServer | undefined;
  let mdns: Mdns | undefined;
  const named = () => urlsAt(mdns?.names() ?? [], port, []);
  const urls = () => [...urlsAt(addresses(), port), ...named(), ...secure?.urls() ?? []];
  const [pulse, steady] = [new Pulse(), () => performance.now()];
  const clock = { now: () => Date.now(), steady, isLate: () => pulse.isLate(steady()) };
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const machine = thisMachine(() => probing.plan());
  const { hub, venue, app, store, probing, close } = assemble({
    path: `${flags.data}/counterpart.db`,
    ...{ clock, random, urls },
    byFlag: targets,
    search: () => searchDhcp(machine, crypto.getRandomValues(new Uint32Array(1))[0]!),
    zone: (now) => -new Date(now).getTimezoneOffset() * 60_000,
    baseUrl: (request) => reachableBase(request, urls()),
    trust: () => secure && trustIn(secure, () => venue.name),
  });
  const serve: Deno.ServeHandler<Deno.NetAddr> = (request, { remoteAddr }) =>
    app.fetch(request, { remote: remoteAddr.hostname });

  const server = Deno.serve({ hostname: flags.host, port: flags.port, onListen: () => {} }, serve);
  port = server.addr.port;
  const https = await openSecure({ flags, addresses, serve });
  if (https.kind === "open") secure = https.server;
  const setupCode = venue.isSetUp ? undefined : venue.setupCode;
  console.log(greeting({ urls: urls(), data: flags.data, setupCode, https }));

  if (flags.mdns === "on") {
    mdns = new Mdns({
      open: openAir,
      networks: () => ownNetworks(any ? undefined : flags.host, listInterfaces().filter((own) => !isVirtual(own))),
      told: announced({ venue, hubId: hubIdOf(store.venue, random), port, httpsPort: secure?.port, random }),
      names: HUB_NAMES,
      clock,
    });
  }
  const probes = watch({
    round: machine,
    folder: flags.data,
    ...clock,
    missed: () => hub.rollCall(),
    found: (news) => hub.probed(news),
  });
  const knock = () => hub.isNewcomerUnseen() ? probes.round() : void probes.knock();
  const pace = new Pace({ plan: () => probing.plan(), round: probes.round, knock }, steady());
  const ask = (address: string, silentMs: number) => askAddress(address, silentMs, realAddressDeps());
  const askQuiet = askDue({ due: () => hub.silences.due(), ask, found: (...news) => hub.silences.found(...news) });
  const timers = [
    setInterval(() => mdns?.tick(), MDNS_TICK_MS),
    setInterval(tellMdns(() => mdns, hub, named), TICK_MS),
    setInterval(() => void askQuiet(), ASK_ROUND_MS),
    setInterval(() => hub.tick(), TICK_MS),
    setInterval(() => pulse.beat(steady()), PULSE_EVERY_MS),
    setInterval(() => pace.tick(steady()), PACE_TICK_MS),
    setInterval(() => secure?.renew().catch((cause) => console.error(cause)), RENEW_EVERY_MS),
  ];
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) {
    Deno.addSignalListener(signal, async () => {
      for (const timer of timers) clearInterval(timer);
      await mdns?.stop();
      hub.stop();
      close();
      Deno.exit(0);
    });
  }
  await server.finished;
}

/** Has multicast DNS look for registers, hands on what it has heard, and prints what changes about the names by which this hub is found. */
function tellMdns(mdns: () => Mdns | undefined, hub: Hub, named: () => readonly string[]): () => void {
  let said = "";
  return () => {
    for (const { offer } of hub.facts().registers) if (offer?.name) mdns()?.seek(offer.name, offer.at);
    const fact = mdns()?.fact();
    if (!fact) return;
    hub.overheard(fact);
    const words = alsoAt(named(), fact.unheard);
    if (words !== said && words !== "") console.log(words);
    said = words || said;
  };
}

if (import.meta.main) {
  const flags = readFlags(Deno.args);
  if ("wrong" in flags) {
    console.error(flags.wrong);
    Deno.exit(2);
  }
  const targets = readTargets(flags.probeTargets);
  if (targets && "wrong" in targets) {
    console.error(targets.wrong);
    Deno.exit(2);
  }
  await run(flags, targets);
}
