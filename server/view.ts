/** Everything a console shows, made whole from facts and findings. Pure: the same input, the same view. */
import type {
  CheckSummary,
  Finding,
  Incident,
  LayerView,
  LinkView,
  Liveness,
  RegisterView,
  View,
} from "../shared/api.ts";
import type { Check, Flag } from "../shared/check/check.ts";
import type { RegisterId } from "../shared/ids.ts";
import { causeOf } from "../shared/rules/cause.ts";
import { liveness } from "../shared/rules/liveness.ts";
import type { Facts, RegisterFacts, RouterFact } from "../shared/rules/facts.ts";
import type { NetworkFact } from "../shared/rules/ladder.ts";
import { networkNow, signalNow } from "../shared/rules/readings.ts";
import { sayVerdict } from "../shared/rules/ladder_words.ts";
import type { Incident as OpenIncident } from "../shared/rules/incident.ts";

const NOTHING = { address: null, rttMs: null, checkedAt: null };

export interface ViewParts {
  readonly facts: Facts;
  readonly settings: View["venue"]["settings"];
  readonly verdict: View["verdict"];
  readonly findings: readonly Finding[];
  readonly incidents: readonly Incident[];
  readonly hub: View["hub"];
  readonly checks: View["checks"];
  readonly open: boolean; // by the opening hours
  readonly maintenance: View["maintenance"];
  readonly behindOf: (register: RegisterFacts) => number | null;
  readonly bars: ReadonlyMap<string, Liveness[]>;
  readonly losses: View["losses"];
  readonly heldUp: View["heldUp"];
  readonly runbooks: View["runbooks"];
}

export function makeView(parts: ViewParts): View {
  const { facts } = parts;
  return {
    venue: { name: facts.venue.name, configVersion: facts.venue.configVersion, settings: parts.settings },
    now: instant(facts.now),
    verdict: parts.verdict,
    router: routerView(facts.router),
    internet: internetView(facts.network),
    registers: facts.registers.map((register) => registerView(register, parts)),
    links: facts.registers.flatMap(linksOf),
    findings: [...parts.findings],
    incidents: [...parts.incidents],
    hub: parts.hub,
    checks: parts.checks,
    open: parts.open,
    maintenance: parts.maintenance,
    losses: parts.losses,
    heldUp: parts.heldUp,
    runbooks: parts.runbooks,
  };
}

function registerView(register: RegisterFacts, parts: ViewParts): RegisterView {
  const state = liveness(register, parts.facts);
  return {
    id: register.id,
    name: register.name,
    letter: register.letter,
    state,
    cause: causeOf(register, parts.facts)?.text ?? null,
    app: register.app ?? null,
    lastHeard: register.heardAt === undefined ? null : instant(register.heardAt),
    enrolledAt: instant(register.enrolledAt),
    connected: register.session?.openSince !== undefined && state !== "silent", // a dead socket stays open for minutes
    foreground: register.state?.foreground ?? null,
    shiftOpen: register.state?.shiftOpen ?? null,
    address: register.sourceAddress ?? null,
    device: register.device ?? null,
    network: networkNow(register, parts.facts.now) ?? null,
    rttMs: roundTrip(register) ?? null,
    lossPercent: register.session?.lossPercent ?? null,
    signalDbm: signalNow(register, parts.facts.now) ?? null,
    clockOffsetMs: register.clockOffsetMs ?? null,
    configVersion: register.configVersion ?? null,
    unsynced: register.unsynced ?? null,
    behind: parts.behindOf(register),
    day: parts.bars.get(register.id) ?? [],
  };
}

/** To the hub: as the session's pings show, else as the register itself reports. */
function roundTrip(register: RegisterFacts): number | undefined {
  return register.session?.rttMs ?? register.links.find((link) => link.peer === "hub")?.rttMs;
}

function linksOf(register: RegisterFacts): LinkView[] {
  const { session } = register;
  const toHub: LinkView[] = session?.openSince === undefined ? [] : [{
    from: register.id,
    peer: "hub",
    path: "direct",
    rttMs: session.rttMs,
    lossPercent: session.lossPercent,
    since: instant(session.openSince),
    why: undefined,
  }];
  const reported = register.links.filter((link) => link.peer !== "hub" || toHub.length === 0);
  return [...toHub, ...reported.map(({ prompt: _, ...link }) => ({ from: register.id, ...link }))];
}

function routerView(router: RouterFact): LayerView {
  return {
    state: router.alive === undefined ? "unknown" : router.alive ? "ok" : "down",
    text: router.how,
    address: router.address ?? null,
    rttMs: router.rttMs ?? null,
    checkedAt: router.checkedAt === undefined ? null : instant(router.checkedAt),
  };
}

/** What stands on something that is down is not known, whatever it said last. */
function internetView(network: NetworkFact | undefined): LayerView {
  if (network === undefined) return { state: "unknown", text: "Not measured yet.", ...NOTHING };
  const { verdict, internet, checkedAt } = network;
  const known = { text: sayVerdict(verdict, network), ...NOTHING, checkedAt: instant(checkedAt) };
  switch (verdict.kind) {
    case "fine":
      return { state: "ok", ...known, rttMs: internet.rttMs ?? null };
    case "modem-or-uplink":
    case "provider":
    case "dns":
    case "captive-portal":
      return { state: "down", ...known };
    case "own-link":
    case "lan-down":
    case "router-down":
    case "unknown":
      return { state: "unknown", ...known };
  }
}

export function findingView(incident: OpenIncident): Finding {
  const { code, subject, severity, strength, title, text, evidence, since, runbook } = incident;
  return {
    ...{ code, subject, severity, strength, title, text },
    evidence: [...evidence],
    since: instant(since),
    runbook: [...runbook],
  };
}

export function incidentView(incident: OpenIncident, fixedBy: string | undefined): Incident {
  return {
    ...findingView(incident),
    id: incident.id,
    cause: incident.cause ?? null,
    under: incident.under ?? null,
    openedAt: instant(incident.openedAt),
    changedAt: instant(incident.changedAt),
    resolvedAt: incident.resolvedAt === undefined ? null : instant(incident.resolvedAt),
    endedAt: incident.endedAt === undefined ? null : instant(incident.endedAt),
    resolution: incident.resolution ?? null,
    parentId: incident.parentId ?? null,
    effects: (incident.effects ?? []).map(({ since, until, ...effect }) => (
      { ...effect, since: instant(since), until: until === undefined ? null : instant(until) }
    )),
    unstable: unstableView(incident),
    muted: incident.muted ?? false,
    fixedBy: fixedBy ?? null,
  };
}

function unstableView({ unstable, resolvedAt }: OpenIncident): Incident["unstable"] {
  if (unstable === undefined) return null;
  const isThere = resolvedAt === undefined && unstable.spells.at(-1)?.until === undefined;
  return { falls: unstable.falls, since: instant(unstable.since), isThere };
}

/** Router and internet, as their history keeps them. */
export function layerStates(facts: Facts): Record<"router" | "internet", LayerView["state"]> {
  return { router: routerView(facts.router).state, internet: internetView(facts.network).state };
}

export function summaryOf(check: Check): CheckSummary {
  const stamp = (at: { ms: number } | undefined) => at === undefined ? null : instant(at.ms);
  return {
    id: check.id,
    number: check.number,
    state: check.state,
    mergedInto: check.mergedInto ?? null,
    owner: check.owner ?? null,
    name: check.name ?? null,
    table: check.table ?? null,
    guests: check.guests ?? null,
    openedBy: check.openedBy ?? null,
    openedAt: stamp(check.openedAt),
    changedAt: instant(check.changedAt.ms),
    closedAt: stamp(check.closedAt),
    total: check.totals.total,
    paid: check.paid,
    due: check.due,
    flags: check.flags.map((flag) => ({
      code: flag.code,
      amount: flag.amount,
      registers: [...new Set(registersOf(flag, check))],
    })),
  };
}

/** Which registers brought a flag about: who took the money, or who ended the check and who added to it last. */
function registersOf(flag: Flag, { payments, lines, closedBy }: Check): RegisterId[] {
  switch (flag.code) {
    case "paid-twice":
    case "payment-on-void":
      return payments.filter(({ id }) => flag.payments.includes(id)).map(({ by }) => by);
    case "overpaid":
      return payments.filter(({ voided, amount, refunded }) => !voided && refunded < amount).map(({ by }) => by);
    case "due-after-close":
    case "line-after-payment":
      return [closedBy, lines.findLast(({ voided }) => !voided)?.addedBy].filter((by) => by !== undefined);
  }
}

export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
