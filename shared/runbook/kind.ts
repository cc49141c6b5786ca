/** The runbooks there are. Two are the help article's own; the others guide through what ends one kind of finding and bear its code. */

export const RUNBOOK_KINDS = [
  "check-not-found",
  "registers-disconnected",
  "register-silent",
  "app-hidden",
  "other-network",
  "signal-weak",
  "version-mismatch",
  "version-outdated",
  "config-behind",
  "router-down",
  "auto-lock-on",
  "unsynced-changes",
] as const;
export type RunbookKind = typeof RUNBOOK_KINDS[number];

/** The runbook that guides through a finding. Undefined: its one-line steps say all there is. */
export function runbookFor(code: string): RunbookKind | undefined {
  return RUNBOOK_KINDS.find((kind) => kind === code);
}

/** What a runbook is about: one register, or a place. */
export function placeOf(kind: RunbookKind): "register" | "venue" | "router" {
  switch (kind) {
    case "check-not-found":
    case "registers-disconnected":
    case "version-mismatch":
      return "venue";
    case "router-down":
      return "router";
    case "register-silent":
    case "app-hidden":
    case "other-network":
    case "signal-weak":
    case "version-outdated":
    case "config-behind":
    case "auto-lock-on":
    case "unsynced-changes":
      return "register";
  }
}

/** What to go on with when all steps are behind and it is no better. Undefined: somebody who can help. */
export function nextAfter(kind: RunbookKind): RunbookKind | undefined {
  switch (kind) {
    case "check-not-found":
    case "register-silent":
    case "other-network":
    case "version-mismatch":
    case "version-outdated":
    case "config-behind":
    case "unsynced-changes":
      return "registers-disconnected";
    case "app-hidden":
      return "register-silent";
    case "registers-disconnected":
    case "signal-weak":
    case "router-down":
    case "auto-lock-on":
      return undefined;
  }
}
