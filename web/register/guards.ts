/** What stands in the way of closing a shift: changes that nobody else holds, and checks that would be left alone. */
import type { Check } from "../../shared/check/check.ts";
import type { Viewer } from "./board_view.ts";
import { checksOf } from "./board_view.ts";
import { changes } from "./mark_words.ts";

export interface Guard {
  readonly code: "unsynced" | "open-checks";
  readonly text: string; // what it is and what to do
}

export interface GuardFacts {
  readonly unsynced: number;
  readonly checks: readonly Check[];
  readonly viewer: Viewer;
  readonly now: number;
}

/** For the shift of this register: the checks that were opened here. */
export function shiftGuards({ unsynced, checks, viewer, now }: GuardFacts): Guard[] {
  const opened = checksOf("mine", checks, now, { register: viewer.register });
  return [...unsyncedGuard(unsynced), ...openGuard(opened)];
}

function unsyncedGuard(unsynced: number): Guard[] {
  if (unsynced === 0) return [];
  const [what, it] = unsynced === 1 ? ["is", "it"] : ["are", "them"];
  const text = `${
    changes(unsynced)
  } ${what} on this register only. Leave it on near the Wi-Fi until the hub has ${it}.`;
  return [{ code: "unsynced", text }];
}

function openGuard(open: readonly Check[]): Guard[] {
  if (open.length === 0) return [];
  const names = open.slice(0, 3).map(({ number }) => number).join(", ") + (open.length > 3 ? " and more" : "");
  const text = open.length === 1
    ? `Check ${names} was opened here and is still open. Close it, or let a manager close the shift.`
    : `${open.length} checks were opened here and are still open: ${names}. Close them, or let a manager close the shift.`;
  return [{ code: "open-checks", text }];
}
