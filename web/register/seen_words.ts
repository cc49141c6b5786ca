/** Where a check is kept, as far as anybody said. Nothing is claimed of a register that has not been heard of. */
import type { SeenBy } from "../../shared/holders.ts";
import type { Mark } from "../ui/state_mark.tsx";
import { changes } from "./mark_words.ts";

export interface Seen {
  readonly mark: Mark;
  readonly text: string;
}

/** `alone`: changes of the check that nobody else is known to hold. */
export function seenWords({ holders, of, hub }: SeenBy, alone: number): Seen {
  if (alone > 0) return { mark: "unknown", text: `on this register only: ${changes(alone)}` };
  if (of === 1) {
    return hub ? { mark: "fine", text: "on this register and the hub" } : { mark: "unknown", text: "on this register" };
  }
  const also = hub ? "on the hub, " : "";
  if (holders.length === of) return { mark: "fine", text: `${also}seen by all ${of}` };
  return { mark: "unknown", text: `${also}seen by ${holders.length} of ${of}` };
}

/** The same for a card, which speaks only of what is not everywhere. */
export function cardSeen(seen: SeenBy, alone: number): string | undefined {
  if (alone > 0) return "on this register only";
  return seen.holders.length < seen.of ? `seen by ${seen.holders.length} of ${seen.of}` : undefined;
}
