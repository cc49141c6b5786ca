/** What a browser's storage says when it cannot write, in words that name the next step. */

const NOTHING_DONE = "Nothing was changed.";

/** `name` is that of the exception. */
export function storageTrouble(name: string): string {
  switch (name) {
    case "QuotaExceededError":
      return `${NOTHING_DONE} This register's storage is full. Free some space on the device, then do it again.`;
    case "SecurityError":
    case "NotAllowedError":
      return `${NOTHING_DONE} This browser does not let the page keep anything. Leave private browsing, then do it again.`;
    case "VersionError":
      return `${NOTHING_DONE} A newer version of this page is open on this register. Load the page again.`;
    default:
      return `${NOTHING_DONE} This register could not write to its storage. Load the page again, then do it again.`;
  }
}

/** True when the connection to storage is gone and a new one may work: iPads drop it when the page was long in the background. */
export function isConnectionLost(name: string): boolean {
  return name === "InvalidStateError" || name === "UnknownError" || name === "AbortError" ||
    name === "TransactionInactiveError";
}

export function nameOf(cause: unknown): string {
  return (cause as { name?: unknown } | null)?.name as string ?? "Error";
}

/** Why this page cannot work at all in this browser. */
export function openingTrouble(name: string): string {
  switch (name) {
    case "VersionError":
      return "A newer version of this page was used on this device. Load the page again.";
    case "QuotaExceededError":
      return "The device's storage is full. Free some space, then load the page again.";
    default:
      return "This browser does not let the page keep anything, so checks would not be safe here. " +
        "Leave private browsing or use another browser, then load the page again.";
  }
}
