/**
 * `deno task doctor`: looks at the network once, without a hub. The same probes, ladder and rules as a hub's, until two rounds agree, told
 * in a terminal. Ends with 1 when a rule fails, 2 when it is asked for something it does not know.
 */
import { parseArgs } from "node:util";
import type { DhcpFact } from "../shared/rules/dhcp_fact.ts";
import { LADDER_RULES } from "../shared/rules/ladder_rules.ts";
import { hubDiskLow, hubOnWifi } from "../shared/rules/hub_rules.ts";
import { networkAfter, type NetworkFact } from "../shared/rules/ladder.ts";
import type { Facts } from "../shared/rules/facts.ts";
import { evaluate, type Reading, type Rule } from "../shared/rules/rule.ts";
import { routerCombo } from "../shared/rules/router_combo.ts";
import { secondDhcp } from "../shared/rules/second_dhcp.ts";
import { sharedNetwork } from "../shared/rules/setup_network.ts";
import { type Examination, sayExamination } from "./doctor_words.ts";
import { searchDhcp } from "./probe/dhcp_servers.ts";
import { freeBytes } from "./probe/disk.ts";
import { thisMachine } from "./probe/machine.ts";
import { NO_MEMORY, probeRound, remember, type Round, type RoundDeps } from "./probe/round.ts";
import { planOf, readTargets } from "./probe/settings.ts";

const ROUNDS_MAX = 4; // a network that says something else each time is told as that
/** What a machine can judge before any register has reported. */
const RULES: readonly Rule[] = [...LADDER_RULES, routerCombo, sharedNetwork, secondDhcp, hubOnWifi, hubDiskLow];
const HELP = "deno task doctor [--json] [--dhcp] [--data ./data] [--probe-targets JSON|off]";

/** Rounds until two agree, and what the rules say of them. `folder` is where a hub would keep its data; `dhcp` was asked for by hand. */
export async function examine(
  deps: RoundDeps,
  { folder, now, dhcp }: { folder: string; now: () => number; dhcp?: DhcpFact },
): Promise<Examination> {
  const startedAt = now();
  let memory = NO_MEMORY;
  let network: NetworkFact | undefined;
  let round: Round | undefined;
  const took: number[] = [];
  while (took.length < ROUNDS_MAX) {
    const [at, before] = [now(), network?.last.kind];
    round = await probeRound(deps, memory, at);
    memory = remember(memory, round, now());
    network = networkAfter(network, round.network, now());
    took.push(now() - at);
    if (network.last.kind === before) break;
  }
  const facts: Facts = {
    now: now(),
    venue: { name: "", configVersion: 0, sync: { enabled: true, openShifts: [] } },
    hub: { startedAt, interfaces: round?.interfaces ?? [], diskFreeBytes: await freeBytes(folder) },
    router: memory.router,
    network,
    dhcp,
    registers: [],
  };
  return { network: network!, readings: evaluate(RULES, facts), took, dhcp };
}

function hasFailed({ outcome }: Reading): boolean {
  return outcome.kind === "broken" && outcome.severity === "fail";
}

async function run(): Promise<number> {
  const { values: flags } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      dhcp: { type: "boolean", default: false },
      data: { type: "string", default: "." },
      "probe-targets": { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const targets = readTargets(flags["probe-targets"]);
  if (targets && "wrong" in targets) {
    console.error(`${targets.wrong}\n${HELP}`);
    return 2;
  }
  const deps = thisMachine(() => planOf(undefined, targets));
  const now = () => Date.now();
  const dhcp = flags.dhcp ? await askDhcp(deps, now) : undefined;
  const whole = await examine(deps, { folder: flags.data, now, dhcp });
  console.log(flags.json ? JSON.stringify(plain(whole), undefined, 2) : sayExamination(whole));
  return whole.readings.some(hasFailed) ? 1 : 0;
}

async function askDhcp(deps: RoundDeps, now: () => number): Promise<DhcpFact> {
  return { ...await searchDhcp(deps, crypto.getRandomValues(new Uint32Array(1))[0]!), askedAt: now() };
}

/** As a program reads it: one row for each rule, without its steps where nothing is wrong. */
function plain({ network, readings, took, dhcp }: Examination) {
  const rules = readings.map(({ rule, subject, outcome }) => ({
    code: rule.code,
    subject,
    ...outcome,
    runbook: outcome.kind === "broken" ? outcome.runbook ?? rule.runbook : undefined,
  }));
  return { verdict: network.verdict, rules, network, dhcp, tookMs: took };
}

if (import.meta.main) {
  try {
    Deno.exitCode = await run();
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown; // an unknown flag
    console.error(`${thrown.message}\n${HELP}`);
    Deno.exitCode = 2;
  }
}
