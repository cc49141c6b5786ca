/** The sync mark: one quiet word about whether what is on this register is elsewhere too. It speaks up only when it matters. */
import type { Complaint, UplinkState } from "../../shared/uplink.ts";
import type { Mark } from "../ui/state_mark.tsx";

export const LAG_MS = 3_000; // no session or an unconfirmed change is worth a word after that; before, it would only flicker

export interface SyncFacts {
  readonly state: UplinkState;
  readonly awayMs: number; // for how long there has been no session
  readonly sync: boolean; // as the venue's setting says
  readonly unsynced: number; // changes that exist here only
  readonly lagMs: number; // for how long there have been any
  readonly storage: string | null; // why storage does not take our writing
  readonly complaint?: Complaint | null; // what the hub did not take of this register lately
  readonly direct?: number; // registers reached without the hub; absent: none
}

export interface SyncMark {
  readonly mark: Mark;
  readonly text: string;
  readonly aloud: boolean; // worth interrupting a screen reader's user for
}

export function syncMark(facts: SyncFacts): SyncMark {
  const { state, awayMs, sync, unsynced, lagMs, storage, direct = 0, complaint = null } = facts;
  if (storage !== null) return { mark: "act", text: "cannot keep changes", aloud: true };
  const isTaken = complaint === null || (state === "online" && unsynced === 0) || isStandstill(state);
  if (!isTaken) return { mark: "act", text: withKept("not taken by the hub", unsynced), aloud: true };
  switch (state) {
    case "online":
      if (!sync) return { mark: "look", text: withKept("sync is off", unsynced), aloud: true };
      if (unsynced > 0 && lagMs >= LAG_MS) return quiet("look", `handing over ${changes(unsynced)}`);
      return quiet("fine", "in sync");
    case "connecting":
    case "away":
      if (awayMs < LAG_MS) return quiet("unknown", "connecting");
      if (direct > 0) return { mark: "look", text: withKept(`hub away, ${linked(direct)}`, unsynced), aloud: true };
      return { mark: "look", text: withKept("offline", unsynced), aloud: true };
    case "refused":
      return { mark: "act", text: withKept("not enrolled", unsynced), aloud: true };
    case "replaced":
      return { mark: "look", text: withKept("open elsewhere", unsynced), aloud: true };
    case "outdated":
      return { mark: "act", text: withKept("load the page again", unsynced), aloud: true };
  }
}

/** A state that a person has to end says more than what the hub complained of before it. */
function isStandstill(state: UplinkState): boolean {
  return state === "refused" || state === "replaced" || state === "outdated";
}

/** "1 change", "3 changes". */
export function changes(count: number): string {
  return count === 1 ? "1 change" : `${count} changes`;
}

function linked(count: number): string {
  return count === 1 ? "1 register linked" : `${count} registers linked`;
}

function withKept(text: string, unsynced: number): string {
  return unsynced === 0 ? text : `${text}, ${changes(unsynced)} kept here`;
}

function quiet(mark: Mark, text: string): SyncMark {
  return { mark, text, aloud: false };
}
