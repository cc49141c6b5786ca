/** Setup rules about how the registers are used: sync switched on, switched while shifts are closed, and the app in front. */
import { aboutSelfReport } from "./about_register.ts";
import { liveness } from "./liveness.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS, PLAIN_CLOSE_MS, PLAIN_OPEN_MS } from "./settle.ts";
import { nameOf, span } from "./words.ts";

export const HIDDEN_MS = 30_000; // a glance at another app is nothing

export const syncOff: Rule = {
  code: "sync-off",
  title: "Sync is switched off",
  from: "seed",
  strength: "A",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: AT_ONCE_MS,
  runbook: [
    "Close the shift on every register.",
    "Open the settings here and switch sync on.",
    "Sign in on each register as a manager and tap “Get Updates”.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    if (facts.venue.sync.enabled) return HEALTHY;
    const since = facts.venue.sync.changedAt;
    return {
      kind: "broken",
      severity: "fail",
      headline: "Sync is switched off.",
      text: `Sync is switched off in the settings. Each check stays on the register it was started on. ` +
        `Close all shifts, then switch sync on.`,
      evidence: [since === undefined ? "The setting is off" : `Switched off ${span(facts.now - since)} ago`],
      since,
    };
  },
};

export const shiftOpen: Rule = aboutSelfReport({
  code: "shift-open",
  title: "Sync was switched during an open shift",
  from: "seed",
  strength: "A",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: AT_ONCE_MS,
  runbook: [
    "Finish or save the check that is on the screen of this register.",
    "Close the shift on it.",
    "Tap “Get Updates”, then open a new shift.",
  ],
  check(register, facts) {
    const { changedAt, enabled, openShifts } = facts.venue.sync;
    if (changedAt === undefined || !openShifts.includes(register.id)) return HEALTHY;
    if (register.state?.shiftOpen === false) return HEALTHY;
    return {
      kind: "broken",
      severity: "fail",
      headline: `${nameOf(register)} had an open shift when sync was switched.`,
      text:
        `Sync was switched ${enabled ? "on" : "off"} ${span(facts.now - changedAt)} ago while ${
          nameOf(register)
        } had an open ` +
        `shift. The app may stop unexpectedly. Close the shift on ${nameOf(register)}.`,
      evidence: [`${nameOf(register)} had an open shift then, and has not reported it closed since`],
      since: changedAt,
    };
  },
});

export const appHidden: Rule = aboutSelfReport({
  code: "app-hidden",
  title: "App is not on the screen",
  from: "seed",
  strength: "A",
  dependsOn: ["register-silent"], // whose cause then tells it
  openAfterMs: AT_ONCE_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Go to the register and bring the app back to the screen.",
    "If another app is needed there often, use another iPad for it.",
  ],
  check(register, facts) {
    if (liveness(register, facts) !== "ok") return unknown("it is not heard now");
    if (register.state?.foreground === undefined) return unknown("it does not say whether the app is in front");
    const since = register.hiddenSince;
    if (since === undefined || facts.now - since <= HIDDEN_MS) return HEALTHY;
    return {
      kind: "broken",
      severity: "fail",
      headline: `The app is in the background on ${nameOf(register)}.`,
      text: `The app has been in the background on ${nameOf(register)} for ${span(facts.now - since)}. ` +
        `Registers sync only while the app is on the screen. Bring it back to the front.`,
      evidence: [`It reports that the app is hidden, for ${span(facts.now - since)}`],
      since,
    };
  },
});
