/** Setup rules about what runs on the registers: one version of the app, the latest, with the latest settings. */
import { aboutSelfReport } from "./about_register.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { currentRegisters, SELF_REPORT_MS } from "./liveness.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS, PLAIN_CLOSE_MS, PLAIN_OPEN_MS } from "./settle.ts";
import { compareVersions, newest } from "./version.ts";
import { list, nameOf, namesOf, span } from "./words.ts";

export const UPDATE_MS = 10 * 60_000; // registers are updated one after another; this long after each change it may go on
export const CONFIG_BEHIND_MS = 5 * 60_000; // settings are fetched within seconds of a tap on Get Updates

export const versionMismatch: Rule = {
  code: "version-mismatch",
  title: "Different app versions",
  from: "seed",
  strength: "A",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Close the shift on the register with the older version.",
    "Update the app on it from the App Store.",
    "Open the app again and keep it on the screen. Wait until this list shows the new version.",
    "Go on with the next register, one at a time.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    const groups = byVersion(currentRegisters(facts));
    if (groups.length === 0) return unknown(`no register told its version in the last ${span(SELF_REPORT_MS)}`);
    if (groups.length === 1) return HEALTHY;
    const target = latestOf(facts);
    const behind = groups.filter((group) => target !== undefined && compareVersions(group.version, target) < 0);
    const who = namesOf(behind.flatMap((group) => group.registers));
    const inUse = list(groups.map(({ version, registers }) => `${namesOf(registers)} on ${version}`));
    const todo = `Update ${who} to ${target}.`;
    const evidence = groups.map(({ version, registers }) => `${version}: ${namesOf(registers)}`);
    const changed = updateUnderWay(facts);
    if (changed !== undefined) {
      return {
        kind: "broken",
        severity: "warn",
        headline: "An app update is under way.",
        text: `An app update is under way: ${inUse}. Until all have the same version, checks may not sync. ${todo}`,
        evidence: [...evidence, `A register changed its version ${span(facts.now - changed)} ago`],
      };
    }
    return {
      kind: "broken",
      severity: "fail",
      headline: "The registers run different app versions.",
      text: `The registers run ${groups.length} app versions: ${inUse}. All need the same one to sync. ${todo}`,
      evidence,
    };
  },
};

export const versionOutdated: Rule = aboutSelfReport({
  code: "version-outdated",
  title: "App is not the latest version",
  from: "seed",
  strength: "A",
  dependsOn: ["version-mismatch"], // which names the same registers and the same version to go to
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Choose a quiet moment: all registers should be updated together.",
    "Close the shift on the register and update the app from the App Store.",
    "Open the app again and keep it on the screen.",
  ],
  check(register, facts) {
    const latest = latestOf(facts);
    if (register.app === undefined) return unknown("its version is not known");
    if (latest === undefined || compareVersions(register.app.version, latest) >= 0) return HEALTHY;
    return {
      kind: "broken",
      severity: "warn",
      headline: `${nameOf(register)} has an older version of the app.`,
      text: `${nameOf(register)} runs version ${register.app.version}, and ${latest} is the latest. ` +
        `All registers should be on it. Update ${nameOf(register)}.`,
      evidence: [
        `${nameOf(register)} says ${register.app.version}`,
        facts.venue.latestVersion === undefined
          ? `${latest} was heard from another register`
          : `The venue names ${latest}`,
      ],
    };
  },
});

export const configBehind: Rule = aboutSelfReport({
  code: "config-behind",
  title: "Settings are not up to date",
  from: "seed",
  strength: "A",
  dependsOn: ["register-silent"],
  openAfterMs: AT_ONCE_MS,
  closeAfterMs: AT_ONCE_MS,
  runbook: [
    "Sign in on the register as a manager.",
    "Tap “Get Updates”.",
    "Wait a few seconds: this goes away once the register has the new settings.",
  ],
  check(register, facts) {
    if (register.configVersion === undefined) return unknown("it does not say which settings it has");
    const since = register.configBehindSince;
    if (since === undefined || facts.now - since <= CONFIG_BEHIND_MS) return HEALTHY;
    return {
      kind: "broken",
      severity: "warn",
      headline: `${nameOf(register)} has old settings.`,
      text: `${nameOf(register)} has had old settings for ${span(facts.now - since)} ` +
        `(${register.configVersion}, the latest are ${facts.venue.configVersion}). Tap “Get Updates” on it.`,
      evidence: [`It reports settings ${register.configVersion}; the hub has ${facts.venue.configVersion}`],
      since,
    };
  },
});

/** The version to go to: what the venue has named, else the newest ever heard from a register here. */
function latestOf(facts: Facts): string | undefined {
  return facts.venue.latestVersion ?? newest(facts.registers.flatMap(({ app }) => app ? [app.version] : []));
}

/** Registers by version, newest first; 3.2 and 3.2.0 are one version. */
function byVersion(registers: readonly RegisterFacts[]): { version: string; registers: RegisterFacts[] }[] {
  const groups: { version: string; registers: RegisterFacts[] }[] = [];
  for (const register of registers) {
    const version = register.app?.version;
    if (version === undefined) continue;
    const group = groups.find((each) => compareVersions(each.version, version) === 0);
    if (group) group.registers.push(register);
    else groups.push({ version, registers: [register] });
  }
  return groups.toSorted((a, b) => compareVersions(b.version, a.version));
}

/** When a register last changed its version, if that is so fresh that the others may still follow. */
function updateUnderWay(facts: Facts): number | undefined {
  const changes = currentRegisters(facts).flatMap(({ versionChangedAt: at }) => at === undefined ? [] : [at]);
  const last = Math.max(...changes);
  return changes.length > 0 && facts.now - last < UPDATE_MS ? last : undefined;
}
