/** A peer that sends what no sound peer sends. Nothing of it was kept; somebody must look at the device it came from. */
import { registerOf } from "../ids.ts";
import type { Facts, SuspectWhat, SuspicionFact } from "./facts.ts";
import { liveness } from "./liveness.ts";
import { HEALTHY, type Outcome, type Rule, type Severity, unknown } from "./rule.ts";
import { AT_ONCE_MS } from "./settle.ts";
import { count, nameOf, span } from "./words.ts";

export const SUSPECT_FRESH_MS = 2 * 60_000; // a register whose session was ended tries again within a minute, and once more
export const SUSPECT_CLEARS_MS = 3 * 60_000; // with the above, five minutes of good behaviour
export const STRANGER_TRIES = 3; // a page that was let go tries once when it is opened; more is worth a word

/** The gravest first: what puts the same change in doubt, then what is kept from the others, then what is merely not read. */
const GRAVITY: readonly SuspectWhat[] = ["fork", "wrong-name", "gap", "oversize", "flood", "garbage", "unknown-token"];

export const peerSuspect: Rule = {
  code: "peer-suspect",
  title: "Something sends what cannot be taken",
  from: "own",
  strength: "A",
  dependsOn: [],
  openAfterMs: AT_ONCE_MS, // it is counted, not measured: once is enough
  closeAfterMs: SUSPECT_CLEARS_MS,
  runbook: [
    "On the device that is named, load the page again, so that it runs the version that the hub hands out.",
    "Compare its open checks with another register's, and enter again what is missing there.",
    "Keep it switched on until nothing on it waits to be handed over.",
    "If it goes on, un-enrol it and enrol it again with a new code.",
  ],
  subjects: ({ registers }) => [...registers.map(({ id }) => id), "hub", "venue"],
  test(facts, subject) {
    const { suspicions, now } = facts;
    if (suspicions === undefined) return unknown("what is sent is not known");
    const fresh = suspicions.filter((each) => each.subject === subject && now - each.lastAt <= SUSPECT_FRESH_MS)
      .filter(({ what, times }) => what !== "unknown-token" || times >= STRANGER_TRIES)
      .sort((a, b) => Number(a.by !== "hub") - Number(b.by !== "hub") || gravity(a) - gravity(b));
    const [first] = fresh;
    if (first === undefined) return behaving(facts, subject);
    return {
      kind: "broken",
      severity: severityOf(first),
      strength: first.by === "hub" ? "A" : "B",
      headline: subject === "venue"
        ? "A device that is not enrolled tries to join."
        : `${capital(who(subject, facts))} sends what cannot be taken.`,
      text: told(first, facts),
      evidence: fresh.map((each) => evidenceOf(each, facts)),
      cause: first.what,
      since: first.since,
    };
  },
};

/** Good behaviour must be seen: a register that says nothing has not behaved. */
function behaving(facts: Facts, subject: string): Outcome {
  const register = facts.registers.find(({ id }) => id === subject);
  if (register && liveness(register, facts) !== "ok") return unknown("it is not heard now");
  return HEALTHY;
}

function gravity({ what }: SuspicionFact): number {
  return GRAVITY.indexOf(what);
}

/** What a register says of another is no proof, and warns only. */
function severityOf({ what, by }: SuspicionFact): Severity {
  return by === "hub" && (what === "fork" || what === "wrong-name") ? "fail" : "warn";
}

/** What was sent, what was kept, what to do. */
function told(suspicion: SuspicionFact, facts: Facts): string {
  const { subject, by, what, detail, times } = suspicion;
  const [sender, taker] = [who(subject, facts), who(by, facts)];
  const said = by === "hub" ? "" : `${taker} says that `;
  const often = times === 1 ? "" : ` ${times} times`;
  switch (what) {
    case "fork": {
      const writer = detail === undefined ? "" : ` of ${who(registerOf(detail), facts)}`;
      return `${said}${sender} sent a change${writer}${often} that ${taker} holds already with other content. ${
        capital(taker)
      } kept the one ` +
        `it had. Load the page again on ${
          onWhich(subject, by, facts)
        }, and compare its open checks with another register's.`;
    }
    case "gap":
      return `${said}${sender} keeps sending changes without the ones before them. ${
        capital(taker)
      } took none of these: they may be on ` +
        `${sender} alone. Load the page again on ${onWhich(subject, by, facts)}, and keep it on.`;
    case "oversize":
      return `${said}${sender} sent${often} a message that is too large. Nothing of it was kept. ` +
        `Load the page again on ${onWhich(subject, by, facts)}.`;
    case "flood":
      return `${
        capital(sender)
      } sent${often} far more messages in a short time than any register has to say, and ${taker} hung ` +
        `up. What it had taken by then stays. Load the page again on ${onWhich(subject, by, facts)}.`;
    case "garbage":
      return `${said}${sender} sent${often} what ${taker} cannot read. Nothing of it was kept. It may run another version of the ` +
        `app: load the page again on ${onWhich(subject, by, facts)}.`;
    case "wrong-name":
      return `A device with the key of ${sender} tried${often} to write under another register's name. Nothing of it was kept. ` +
        `Load the page again on ${sender}; if that does not end it, un-enrol it and enrol it anew.`;
    case "unknown-token":
      return `A device${
        detail === undefined ? "" : ` at ${detail}`
      } tried${often} to join with a key that this hub does not know. ` +
        `Nothing of it was taken. It was un-enrolled, or belongs to another venue: enrol it with a new code, or switch it off.`;
  }
}

/** The hub has no page to load: the register that complains of it has. */
function onWhich(subject: string, by: string, facts: Facts): string {
  return who(subject === "hub" ? by : subject, facts);
}

function evidenceOf({ by, what, detail, times, lastAt }: SuspicionFact, facts: Facts): string {
  const seen = by === "hub" ? "Seen by the hub" : `Reported by ${who(by, facts)}`;
  const about = detail === undefined ? what : `${what} (${detail})`;
  return `${seen} ${count(times, "time")}, the last ${span(facts.now - lastAt)} ago: ${about}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function who(id: string, facts: Facts): string {
  if (id === "hub") return "the hub";
  const register = facts.registers.find((each) => each.id === id);
  return register ? nameOf(register) : "a register that is not enrolled";
}
