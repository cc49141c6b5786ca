/**
 * Whose clock is wrong? A register's clock is known by the hub's, so the hub's comes first: as a public time server tells it, or else as
 * registers do that agree with each other and not with the hub. While the hub's is wrong nobody else is accused by it.
 */
import { aboutRegister } from "./about_register.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { liveness } from "./liveness.ts";
import { HEALTHY, type Outcome, type Rule, type Severity, type Strength, unknown } from "./rule.ts";
import { NOISY_OPEN_MS, PLAIN_CLOSE_MS } from "./settle.ts";
import { figure, median, nameOf, namesOf, span } from "./words.ts";

export const SKEW_WARN_MS = 2_000; // above what a slow network adds
export const SKEW_FAIL_MS = 60_000; // receipts show another minute
const AGREE_MIN = 2; // registers: one alone may be wrong itself

const HUB = "hub";

/** How far the hub's clock is off, and by what that is known. */
interface HubClock {
  readonly offsetMs: number;
  readonly strength: Strength;
  readonly evidence: string;
}

const ofRegister = aboutRegister({
  code: "clock-skew",
  title: "Clock is wrong",
  from: "own",
  strength: "A",
  dependsOn: ["register-silent"],
  openAfterMs: NOISY_OPEN_MS, // one message that waited in a queue looks like a slow clock
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "On the iPad, open Settings, tap General, then Date & Time.",
    "Switch on Set Automatically, and see that the time zone is right.",
    "If all registers differ by the same amount, set the clock of the computer the hub runs on.",
  ],
  check(register, facts) {
    if (liveness(register, facts) !== "ok") return unknown("it is not heard now");
    const offset = register.clockOffsetMs;
    if (offset === undefined) return unknown("its clock is not known");
    const hub = hubClock(facts);
    if (hub && Math.abs(hub.offsetMs) > SKEW_WARN_MS) {
      const isRight = hub.strength === "A" && Math.abs(offset + hub.offsetMs) <= SKEW_WARN_MS;
      return isRight ? HEALTHY : unknown("the hub's own clock is wrong");
    }
    if (Math.abs(offset) <= SKEW_WARN_MS) return HEALTHY;
    return wrong(register, offset, hub?.strength ?? "B");
  },
});

const HUB_RUNBOOK: readonly string[] = [
  "On the computer the hub runs on, open the settings of date and time and switch on setting it automatically.",
  "See that its time zone is right, and that it reaches a time server: the router must let UDP port 123 out.",
  "If it goes wrong again after each restart, replace the small battery on the computer's board.",
];

export const clockSkew: Rule = {
  ...ofRegister,
  subjects: (facts) => [...ofRegister.subjects(facts), HUB],
  test: (facts, subject) => subject === HUB ? testHub(facts) : ofRegister.test(facts, subject),
};

function testHub(facts: Facts): Outcome {
  const hub = hubClock(facts);
  if (hub === undefined) return unknown("the hub's clock could not be compared with another");
  const { offsetMs, strength, evidence } = hub;
  if (Math.abs(offsetMs) <= SKEW_WARN_MS) return HEALTHY;
  return {
    kind: "broken",
    severity: severityOf(offsetMs),
    strength,
    headline: `The hub's clock is ${way(offsetMs)}.`,
    text:
      `${probably(strength, "the hub's clock")} is ${
        by(offsetMs)
      }. What it tells of when things happened is wrong by ` +
      `as much; checks and payments carry the registers' own time. Switch on setting the time automatically on the ` +
      `hub's computer.`,
    evidence: [evidence],
    runbook: HUB_RUNBOOK,
  };
}

function wrong(register: RegisterFacts, offsetMs: number, strength: Strength): Outcome {
  const name = nameOf(register);
  return {
    kind: "broken",
    severity: severityOf(offsetMs),
    strength,
    headline: `The clock of ${name} is ${way(offsetMs)}.`,
    text:
      `${probably(strength, `the clock of ${name}`)} is ${
        by(offsetMs)
      }. Its checks and payments carry the wrong time. ` +
      `Switch on Set Automatically in Settings, General, Date & Time.`,
    evidence: [`Its time minus the hub's is ${figure(offsetMs / 1_000)} s`],
  };
}

/** Undefined: nothing that it could be compared with is known, or what it was compared with does not agree. */
function hubClock(facts: Facts): HubClock | undefined {
  const { clockOffsetMs: offsetMs } = facts.hub;
  if (offsetMs !== undefined) {
    return {
      offsetMs,
      strength: "A",
      evidence: `Its time minus a public time server's is ${figure(offsetMs / 1_000)} s`,
    };
  }
  const heard = facts.registers.filter((register) =>
    register.clockOffsetMs !== undefined && liveness(register, facts) === "ok"
  );
  const middle = median(heard.map(({ clockOffsetMs = 0 }) => clockOffsetMs));
  if (middle === undefined) return undefined;
  const near = (ms: number) => heard.filter(({ clockOffsetMs = 0 }) => Math.abs(clockOffsetMs - ms) <= SKEW_WARN_MS);
  const [agree, withHub] = [near(middle), near(0)];
  const names = namesOf(agree);
  if (Math.abs(middle) <= SKEW_WARN_MS && agree.length > 0) {
    return { offsetMs: -middle, strength: "B", evidence: `It agrees with ${names}` };
  }
  if (agree.length < AGREE_MIN || agree.length <= withHub.length + 1) return undefined; // the hub's word counts as one
  const apart = `${names} agree with each other, and their time minus the hub's is ${figure(middle / 1_000)} s`;
  return { offsetMs: -middle, strength: "B", evidence: apart };
}

function severityOf(offsetMs: number): Severity {
  return Math.abs(offsetMs) > SKEW_FAIL_MS ? "fail" : "warn";
}

function way(offsetMs: number): string {
  return offsetMs > 0 ? "ahead" : "behind";
}

function by(offsetMs: number): string {
  return `${span(Math.abs(offsetMs))} ${way(offsetMs)}`;
}

function probably(strength: Strength, what: string): string {
  return strength === "A" ? `${what.charAt(0).toUpperCase()}${what.slice(1)}` : `Probably ${what}`;
}
