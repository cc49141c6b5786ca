/** The state of the session with the hub, in words that a clock time completes. */
import type { UplinkState } from "../../shared/uplink.ts";

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
