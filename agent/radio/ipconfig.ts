/** macOS, by `ipconfig getsummary DEVICE`: which network and access point, where this version of macOS still says so. */
import { bssidOf, type Radio, ssidOf } from "./radio.ts";

/** Lines of `KEY : VALUE`, two blanks before those of the interface itself. Empty where nothing is told. */
export function parseSummary(stdout: string): Pick<Radio, "ssid" | "bssid"> {
  const of = (key: string) => new RegExp(`^ {2}${key} : (.*)$`, "m").exec(stdout)?.[1]?.trim();
  return { ssid: ssidOf(of("SSID")), bssid: bssidOf(of("BSSID")) };
}
