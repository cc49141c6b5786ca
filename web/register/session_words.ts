/** The state of the session with the hub, in words that a clock time completes. */
import type { Complaint, UplinkState } from "../../shared/uplink.ts";

export function sessionWords(state: UplinkState): string {
  switch (state) {
    case "online":
      return "connected since";
    case "connecting":
    case "away":
      return "not reached since";
    case "refused":
      return "does not know this register since";
    case "replaced":
      return "talks to another tab of this register since";
    case "outdated":
      return "speaks a newer version than this page since";
  }
}

/** What the hub did not take, what that means, and what to do. The session is tried again by itself meanwhile. */
export function complaintWords(complaint: Complaint): string {
  return `${
    whatIsWrong(complaint)
  } Nothing on this register is gone, and it tries again by itself at least once a minute.`;
}

function whatIsWrong(complaint: Complaint): string {
  switch (complaint) {
    case "fork":
      return "The hub holds a change under the same name as one of this register, with other content, and kept its own. " +
        "Load the page again, compare the open checks with another register, and tell the manager.";
    case "gap":
      return "The hub lacks changes that came before what this register sends, so it takes none of these. " +
        "Load the page again; if this stays, tell the manager.";
    case "bad-message":
      return "The hub cannot read what this register sends. This page may be of another version: load it again.";
    case "flood":
      return "This register sent the hub far more messages than it should. Load the page again; if this stays, tell the " +
        "manager.";
    case "too-large":
      return "This register sent the hub more at once than it takes. Load the page again; if this stays, tell the manager.";
  }
}
