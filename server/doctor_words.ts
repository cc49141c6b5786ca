/** An examination as a person reads it: the ladder rung by rung, the verdict, then each rule with what to do. */
import type { DhcpFact } from "../shared/rules/dhcp_fact.ts";
import type { NetworkFact } from "../shared/rules/ladder.ts";
import { sayVerdict } from "../shared/rules/ladder_words.ts";
import type { Rung } from "../shared/rules/network.ts";
import type { Reading } from "../shared/rules/rule.ts";
import { sayServers } from "../shared/rules/second_dhcp.ts";

export interface Examination {
  readonly network: NetworkFact;
  readonly readings: readonly Reading[];
  readonly took: readonly number[]; // each round, in milliseconds
  readonly dhcp?: DhcpFact; // asked for by hand
}

const NAME_WIDTH = 15; // letters of the longest name of a rung, and a blank
const MARKS = { ok: "✓", bad: "✗", warn: "!", unknown: "?" } as const;

export function sayExamination({ network, readings, took, dhcp }: Examination): string {
  return [
    "",
    ...rungs(network).map(([name, rung]) => row(markOf(rung), name, rung.how)),
    "",
    `  ${sayVerdict(network.verdict, network)}`,
    "",
    ...readings.flatMap(sayReading),
    ...(dhcp?.kind === "known" ? ["", row(" ", "DHCP", sayServers(dhcp) || "nobody offered an address")] : []),
    "",
    `  ${took.length} rounds of probes took ${took.map((ms) => `${Math.round(ms)} ms`).join(" and ")}.`,
  ].join("\n");
}

/** What is about the router's far side is no rung: it neither holds nor breaks anything. */
function rungs({ own, peers, gateway, hop2, internet, dns, portal, nat }: NetworkFact): [string, Rung][] {
  const outside: [string, Rung][] = nat
    ? [["UPnP", { how: nat.igd.how }], ["NAT-PMP", { how: nat.pmp.how }], ["PCP", { how: nat.pcp.how }]]
    : [];
  return [
    ["own link", own],
    ["others here", peers],
    ["router", gateway],
    ["behind it", hop2],
    ["internet", internet],
    ["router's names", dns.router],
    ["public names", dns.public],
    ["this system's", dns.system],
    ["204 page", portal],
    ...outside,
  ];
}

function sayReading({ rule, outcome }: Reading): string[] {
  switch (outcome.kind) {
    case "healthy":
      return [row(MARKS.ok, rule.code, outcome.unsaid === undefined ? "not so" : `not so: ${outcome.unsaid}`)];
    case "unknown":
      return [row(MARKS.unknown, rule.code, `not measured: ${outcome.why}`)];
    case "broken": {
      const mark = outcome.severity === "fail" ? MARKS.bad : MARKS.warn;
      const steps = (outcome.runbook ?? rule.runbook).map((step, i) => `      ${i + 1}. ${step}`);
      return [row(mark, rule.code, outcome.text), ...steps];
    }
  }
}

function markOf({ ok }: Rung): string {
  return ok === undefined ? MARKS.unknown : ok ? MARKS.ok : MARKS.bad;
}

function row(mark: string, name: string, text: string): string {
  return `  ${mark} ${name.padEnd(NAME_WIDTH)} ${text}`.trimEnd();
}
