/** What the browser does with this register's storage, in words. */
import { changes } from "./mark_words.ts";

/** What the browser answered when it was asked to keep storage for good. `unasked`: plain http, or a browser that knows no such question. */
export type Keeping = "asking" | "granted" | "refused" | "unasked";

export function keepingWords(keeping: Keeping): string {
  switch (keeping) {
    case "asking":
      return "this browser's own, on this device; it has not answered yet whether it keeps it for good";
    case "granted":
      return "this browser's own, on this device; it promised to keep it until a person clears it";
    case "refused":
      return "this browser's own, on this device; it has not promised to keep it, and may clear it when space is short";
    case "unasked":
      return "this browser's own, on this device; it cannot be asked here to keep it for good";
  }
}

/** `lost`: changes that nobody else was known to hold when the page last counted. */
export function clearedWords(lost: number): string {
  const what =
    "The browser cleared this register's storage. Tabs come back from the hub and the other registers by themselves.";
  if (lost === 0) return `${what} Nothing of this register is known to be lost.`;
  const are = lost === 1 ? "is" : "are";
  return `${what} ${
    changes(lost)
  } of this register may have been on it alone and ${are} lost then: look through the tabs ` +
    "you worked on last, and enter again what is missing.";
}

/** `missing`: changes that were damaged and have not come again; `alone` of them nobody else was known to hold. */
export function damagedWords({ missing, alone }: { readonly missing: number; readonly alone: number }): string {
  const what = `${changes(missing)} could not be read from this device's storage. ` +
    "They were set aside, and the hub and the other registers are asked for them.";
  if (alone === 0) return what;
  const are = alone === 1 ? "is" : "are";
  return `${what} ${
    changes(alone)
  } of this register may have been on it alone and ${are} lost then: look through the tabs ` +
    "you worked on last, and enter again what is missing.";
}
