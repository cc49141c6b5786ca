/** What stands in the way of closing a shift or signing out: changes that nobody else holds, and checks that would be left alone. */
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
  return guards(
    unsynced,
    checksOf("mine", checks, now, { register: viewer.register }),
    "was opened here and is",
    "were opened here and are",
    "let a manager close the shift",
  );
}

/** For the person who is signed in: the checks that are theirs. */
export function signOutGuards({ unsynced, checks, viewer, now }: GuardFacts): Guard[] {
  return guards(
    unsynced,
    checksOf("mine", checks, now, viewer),
    "is yours and",
    "are yours and",
    "give it to somebody",
  );
}

function guards(unsynced: number, open: readonly Check[], is: string, are: string, or: string): Guard[] {
  return [...unsyncedGuard(unsynced), ...openGuard(open, is, are, or)];
}

function unsyncedGuard(unsynced: number): Guard[] {
  if (unsynced === 0) return [];
  const [what, it] = unsynced === 1 ? ["is", "it"] : ["are", "them"];
  const text = `${
    changes(unsynced)
  } ${what} on this register only. Leave it on near the Wi-Fi until the hub has ${it}.`;
  return [{ code: "unsynced", text }];
}

function openGuard(open: readonly Check[], is: string, are: string, or: string): Guard[] {
  if (open.length === 0) return [];
  const names = open.slice(0, 3).map(({ number }) => number).join(", ") + (open.length > 3 ? " and more" : "");
  const text = open.length === 1
    ? `Check ${names} ${is} still open. Close it, or ${or}.`
    : `${open.length} checks ${are} still open: ${names}. Close them, or ${or.replace(" it ", " them ")}.`;
  return [{ code: "open-checks", text }];
}
