/** What a runbook is to end: the condition of its finding, by the very rule that found it, or trouble anywhere for the article's two. */
import type { Facts } from "../rules/facts.ts";
import { liveness } from "../rules/liveness.ts";
import { routerDown } from "../rules/ladder_rules.ts";
import { registerSilent, unsyncedChanges } from "../rules/live.ts";
import { otherNetwork } from "../rules/other_network.ts";
import type { Rule } from "../rules/rule.ts";
import { autoLockOn } from "../rules/setup_device.ts";
import { appHidden } from "../rules/setup_use.ts";
import { configBehind, versionMismatch, versionOutdated } from "../rules/setup_version.ts";
import { signalWeak } from "../rules/signal.ts";
import type { RunbookKind } from "./kind.ts";
import { presentRegisters, troubled } from "./trouble.ts";

export type Standing = "good" | "bad" | "unknown";

/** How that what this runbook is to end stands now. */
export function standing(kind: RunbookKind, subject: string, facts: Facts): Standing {
  switch (kind) {
    case "check-not-found":
    case "registers-disconnected": {
      if (!facts.venue.sync.enabled || troubled(facts).length > 0) return "bad";
      if (versionMismatch.test(facts, "venue").kind === "broken") return "bad";
      return presentRegisters(facts).length > 0 ? "good" : "unknown";
    }
    case "router-down": {
      const router = byRule(routerDown, subject, facts);
      if (router !== "good") return router;
      return presentRegisters(facts).every((register) => liveness(register, facts) === "ok") ? "good" : "bad";
    }
    case "register-silent":
      return byRule(registerSilent, subject, facts);
    case "app-hidden":
      return byRule(appHidden, subject, facts);
    case "other-network":
      return byRule(otherNetwork, subject, facts);
    case "signal-weak":
      return byRule(signalWeak, subject, facts);
    case "version-mismatch":
      return byRule(versionMismatch, subject, facts);
    case "version-outdated":
      return byRule(versionOutdated, subject, facts);
    case "config-behind":
      return byRule(configBehind, subject, facts);
    case "auto-lock-on":
      return byRule(autoLockOn, subject, facts);
    case "unsynced-changes":
      return byRule(unsyncedChanges, subject, facts);
  }
}

function byRule(rule: Rule, subject: string, facts: Facts): Standing {
  switch (rule.test(facts, subject).kind) {
    case "healthy":
      return "good";
    case "broken":
      return "bad";
    case "unknown":
      return "unknown";
  }
}
