/** Rules about this moment: who is silent, what is not saved anywhere else, and whether the hub can save. */
import { aboutRegister } from "./about_register.ts";
import { pointsOf } from "./access_point.ts";
import { causeOf, returnCauseOf } from "./cause.ts";
import type { RegisterFacts } from "./facts.ts";
import { LATE_MS, liveness, WARMING_MS } from "./liveness.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS, PLAIN_CLOSE_MS, PLAIN_OPEN_MS } from "./settle.ts";
import { count, nameOf, span } from "./words.ts";

export const UNSYNCED_WARN_MS = 30_000; // a new change reaches the others in about a second; half a minute is not a hiccup
export const UNSYNCED_FAIL_MS = 5 * 60_000; // long enough that a guest may ask for the check elsewhere

export const registerSilent: Rule = aboutRegister({
  code: "register-silent",
  title: "Register is not heard",
  from: "own",
  strength: "A",
  dependsOn: ["router-down", "access-point-down"],
  within: pointsOf,
  openAfterMs: AT_ONCE_MS, // lateness is waited for by the rule itself
  closeAfterMs: LATE_MS, // one heartbeat keeps a register fine for this long, so only more of them can close it
  runbook: [
    "Look whether the register is switched on and the app is on the screen. Bring it to the front.",
    "On the iPad, open Settings, tap Wi-Fi, and see that it is on the same network as the others.",
    "Force-quit the app, switch the iPad's Wi-Fi off and on, and open the app again.",
    "Switch the iPad off and on. Wait about a minute before you go on to another register.",
    "If several registers are silent, restart the router first, then the iPads one at a time.",
  ],
  check(register, facts) {
    const state = liveness(register, facts);
    if (register.heardAt === undefined) return unknown("it has not reported since it was enrolled");
    if (state === "unknown") return unknown(`the hub started less than ${span(WARMING_MS)} ago`);
    if (state === "ok") return { ...HEALTHY, cause: returnCauseOf(register, facts)?.text };
    const cause = causeOf(register, facts);
    const silence = span(facts.now - register.heardAt);
    const name = nameOf(register);
    const said = state === "late"
      ? `${name} is late: last heard ${silence} ago.`
      : `${name} has been silent for ${silence}.`;
    return {
      kind: "broken",
      severity: state === "late" ? "warn" : "fail",
      headline: state === "late" ? `${name} is late.` : `${name} is silent.`,
      text: [said, cause?.text, unsavedElsewhere(register)].filter(Boolean).join(" "),
      evidence: [`Last heard ${silence} ago`, ...cause?.evidence ?? []],
      cause: cause?.text,
      since: register.heardAt,
    };
  },
});

export const unsyncedChanges: Rule = aboutRegister({
  code: "unsynced-changes",
  title: "Changes on one register only",
  from: "own",
  strength: "A",
  dependsOn: ["sync-off"], // a silent register keeps this finding: what was on it alone still is
  outlastsUnknown: true,
  openAfterMs: AT_ONCE_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Keep the register switched on and the app on the screen: the changes are safe on it.",
    "See that it is on the same Wi-Fi as the others, and close to the router.",
    "Do not delete the app or clear its data before this goes away.",
    "If it stays, force-quit the app, switch the iPad's Wi-Fi off and on, and open the app again.",
  ],
  check(register, facts) {
    const { unsynced, unsyncedSince: since } = register;
    if (unsynced === undefined) return unknown("it does not say what is not synced");
    const age = since === undefined ? 0 : facts.now - since;
    if (unsynced === 0 || since === undefined || age <= UNSYNCED_WARN_MS) return HEALTHY;
    const name = nameOf(register);
    return {
      kind: "broken",
      severity: age > UNSYNCED_FAIL_MS ? "fail" : "warn",
      headline: `${name} has changes that no other register has.`,
      text:
        `${count(unsynced, "change")} on ${name} ${unsynced === 1 ? "has" : "have"} been on it alone for ${
          span(age)
        }. ` +
        `Keep ${name} on, with the app on the screen and close to the Wi-Fi, until the others have ${
          unsynced === 1 ? "it" : "them"
        }.`,
      evidence: [`${name} reported ${count(unsynced, "unsynced change")}, the oldest ${span(age)} old`],
      since,
    };
  },
});

export const hubStorage: Rule = {
  code: "hub-storage",
  title: "Hub cannot save",
  from: "own",
  strength: "A",
  dependsOn: [],
  openAfterMs: AT_ONCE_MS,
  closeAfterMs: PLAIN_OPEN_MS,
  runbook: [
    "Keep selling: the registers have everything and go on syncing with each other.",
    "Look whether the disk of the hub's computer is full, and make room.",
    "Restart the hub. It fills itself again from the registers.",
  ],
  subjects: () => ["hub"],
  test({ hub, now }) {
    if (hub.storageError === undefined) return HEALTHY;
    const { at, message } = hub.storageError;
    return {
      kind: "broken",
      severity: "fail",
      headline: "The hub cannot save.",
      text:
        `The hub could not save ${
          span(now - at)
        } ago: ${message}. The registers still have every check, but there is no copy ` +
        `on the hub since. Make room on its disk, then restart the hub.`,
      evidence: [message],
      since: at,
    };
  },
};

/** What is at stake while a register is silent: "Its 2 new changes are on it alone." */
function unsavedElsewhere({ unsynced }: RegisterFacts): string | undefined {
  if (!unsynced) return undefined;
  return unsynced === 1 ? "Its 1 new change is on it alone." : `Its ${unsynced} new changes are on it alone.`;
}
