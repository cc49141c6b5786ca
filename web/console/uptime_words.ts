/** Uptime in words. A hundred percent is said only when nothing at all was missing. */
import type { UptimeView } from "../../shared/incident_api.ts";
import { saySpan } from "../lib/time.ts";
import { NOT_KNOWN, sayCount } from "./words.ts";

/** "100 %", "99.98 %": never rounded up. */
export function sayUptime({ percent }: Pick<UptimeView, "percent">): string {
  if (percent === null) return NOT_KNOWN;
  if (percent >= 100) return "100 %";
  const digits = percent > 99 ? 2 : 1;
  return `${(Math.floor(percent * 10 ** digits) / 10 ** digits).toFixed(digits)} %`;
}

/** "down for 6 min, 2 times", "never down". */
export function sayDown({ percent, downMs, falls }: UptimeView): string {
  if (percent === null) return "not measured";
  return falls === 0 ? "never down" : `down for ${saySpan(downMs)}, ${sayCount(falls, "time")}`;
}

/** What the percentage leaves out, so that nobody wonders: "not counted: 8 h closed". Empty when nothing is. */
export function sayLeftOut({ behindMs, maintenanceMs, closedMs }: UptimeView): string {
  const parts = [
    behindMs > 0 ? `${saySpan(behindMs)} behind the router` : "",
    maintenanceMs > 0 ? `${saySpan(maintenanceMs)} maintenance` : "",
    closedMs > 0 ? `${saySpan(closedMs)} closed` : "",
  ].filter(Boolean);
  return parts.length === 0 ? "" : `not counted: ${parts.join(", ")}`;
}
