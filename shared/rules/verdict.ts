/**
 * The sentence at the top of the manager's page: is everything fine, and if not, the one thing that matters most. One or two short sentences,
 * no numbers that jump, no codes. What is merely an effect of something else is not counted.
 */
import type { Facts, RegisterFacts } from "./facts.ts";
import { liveness } from "./liveness.ts";
import type { Severity } from "./rule.ts";
import { count, namesOf } from "./words.ts";

export interface Verdict {
  readonly level: "ok" | "warn" | "fail" | "unknown";
  readonly text: string;
}

/** As much of an open incident as the verdict needs. */
export interface VerdictFinding {
  readonly code: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly headline?: string;
  readonly text: string;
  readonly since: number;
  readonly under?: string;
}

/** Most important first, within one severity: what all depend on, then money, then who is missing. All others follow. */
const IMPORTANCE = [
  "hub-link-down",
  "router-down",
  "hub-storage",
  "hub-damaged",
  "changes-lost",
  "unsynced-changes",
  "peer-suspect",
  "check-flag-open",
  "sync-off",
  "access-point-down",
  "register-silent",
  "version-mismatch",
  "second-dhcp",
  "other-network",
  "address-conflict",
  "app-hidden",
  "shift-open",
  "modem-down",
  "internet-down",
  "dns-down",
  "registers-isolated",
  "multicast-blocked",
  "lan-slow",
  "signal-weak",
  "auto-lock-on",
  "relay-only",
  "channel-busy",
  "band-2ghz",
];

/** Findings with which checks may be missing somewhere, so that nobody is told that all are in sync. */
const NOT_IN_SYNC = new Set([
  "hub-link-down",
  "router-down",
  "changes-lost",
  "peer-suspect",
  "unsynced-changes",
  "sync-off",
  "access-point-down",
  "register-silent",
  "version-mismatch",
  "other-network",
  "address-conflict",
  "app-hidden",
]);

/** What to say first. `findings` are those open now; `facts` tell who is enrolled and heard; `open` is by the opening hours. */
export function verdict(
  { findings, facts, open = true }: { findings: readonly VerdictFinding[]; facts: Facts; open?: boolean },
): Verdict {
  const things = findings.filter((finding) => finding.under === undefined && finding.severity !== "info")
    .toSorted(byImportance);
  const [first, ...others] = things;
  const nobody = nobodyYet(facts);
  if (nobody !== undefined) {
    // Only what does not take a register to find out is worth saying now.
    const own = things.find(({ subject }) => subject === "router" || subject === "hub");
    return { level: "unknown", text: own ? `${nobody} ${headlineOf(own)}` : nobody };
  }
  if (first === undefined && !open && heardNow(facts).length === 0) {
    return { level: "ok", text: "The venue is closed, and nothing has to be done." };
  }
  if (first === undefined) return allFine(facts);
  const sentence = headlineOf(first);
  const more = others.length === 0 ? "" : `, and ${count(others.length, "more thing")} to look at`;
  const inSync = isInSync(facts) && !findings.some(({ code }) => NOT_IN_SYNC.has(code));
  return {
    level: first.severity === "fail" ? "fail" : "warn",
    text: `${inSync ? "Checks are in sync. " : ""}${sentence.replace(/\.$/, "")}${more}.`,
  };
}

/** What to say while nobody can be judged: none enrolled, or none ever heard. */
function nobodyYet({ registers }: Facts): string | undefined {
  if (registers.length === 0) return "No register has reported yet. Add the first one.";
  if (registers.some((register) => register.heardAt !== undefined)) return undefined;
  return `No register has reported yet. Open the app on ${namesOf(registers)}.`;
}

function allFine(facts: Facts): Verdict {
  const heard = heardNow(facts);
  if (heard.length === 0) {
    return { level: "unknown", text: "Waiting for the registers to report." };
  }
  if (!isInSync(facts)) return { level: "ok", text: `${howMany(heard)} reporting. Nothing to do.` };
  const inFront = heard.every((register) => register.state?.foreground === true);
  return { level: "ok", text: `Checks are in sync. ${howMany(heard)} ${inFront ? "in front" : "reporting"}.` };
}

function howMany(heard: readonly RegisterFacts[]): string {
  return heard.length === 1 ? "1 register is" : `${heard.length} registers are`;
}

/** True when every register that is heard says how much it has not synced. How long that may take is for a rule to say. */
function isInSync(facts: Facts): boolean {
  const heard = heardNow(facts);
  return heard.length > 0 && heard.every((register) => register.unsynced !== undefined);
}

function heardNow(facts: Facts): readonly RegisterFacts[] {
  return facts.registers.filter((register) => liveness(register, facts) === "ok");
}

function headlineOf({ headline, text }: VerdictFinding): string {
  return headline ?? /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}

/** Orders findings: the most important first. */
export function byImportance(a: VerdictFinding, b: VerdictFinding): number {
  return weight(b.severity) - weight(a.severity) || place(a.code) - place(b.code) || a.since - b.since ||
    compareText(`${a.code} ${a.subject}`, `${b.code} ${b.subject}`);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function weight(severity: Severity): number {
  return ["info", "warn", "fail"].indexOf(severity);
}

function place(code: string): number {
  const at = IMPORTANCE.indexOf(code);
  return at < 0 ? IMPORTANCE.length : at;
}
