/** The state of the session with the hub, in words that end where "since …" may follow. */
import type { UplinkState } from "../../shared/uplink.ts";

export function sessionWords(state: UplinkState): string {
  switch (state) {
    case "online":
      return "connected since";
    case "connecting":
    case "away":
      return "not reached, last tried";
    case "refused":
      return "does not know this register, said";
    case "replaced":
      return "talks to another tab of this register since";
    case "outdated":
      return "speaks a newer version than this page, said";
  }
}
