/**
 * What a computer's own system says of its Wi-Fi. Parsers are pure, never throw, and leave out what they cannot read; words that change
 * with the system's language are not looked at.
 */
import type { NetworkInfo } from "../../shared/heartbeat.ts";

export type Radio =
  & Pick<NetworkInfo, "ssid" | "bssid" | "band" | "channel" | "rssiDbm" | "noiseDbm">
  & { readonly device?: string }; // the interface's name, where the command tells it

/** What one command said. */
export type RadioReading =
  | { readonly kind: "on"; readonly radio: Radio; readonly estimated?: string } // estimated: how the signal was reckoned, if not measured
  | { readonly kind: "off"; readonly why: string } // asked, and connected to no Wi-Fi
  | { readonly kind: "unreadable" }; // not what this command prints

type Band = NonNullable<NetworkInfo["band"]>;

/** Band and channel of a frequency in MHz. */
export function channelAt(mhz: number): { band?: Band; channel?: number } {
  if (mhz === 2484) return { band: "2.4GHz", channel: 14 };
  if (mhz >= 2412 && mhz < 2484) return { band: "2.4GHz", channel: Math.round((mhz - 2407) / 5) };
  if (mhz >= 5150 && mhz < 5925) return { band: "5GHz", channel: Math.round((mhz - 5000) / 5) };
  if (mhz >= 5925 && mhz <= 7125) return { band: "6GHz", channel: Math.round((mhz - 5950) / 5) };
  return {};
}

/** "5 GHz", "2,4 GHz", "6GHz". */
export function bandIn(text: string): Band | undefined {
  const [, ghz] = /(?:^|[^\d.,])(2[.,]4|5|6)\s?GHz/i.exec(text) ?? [];
  return ghz === undefined ? undefined : `${ghz.replace(",", ".")}GHz` as Band;
}

/** A reading in dBm, or nothing: some drivers say 0 or −256 for "not known". */
export function dbmOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && text.trim() !== "" && value < 0 && value >= -120 ? value : undefined;
}

/** A name as it may be sent: none where the system hides it, none where its letters were lost in another code page. */
export function ssidOf(text: string | undefined): string | undefined {
  if (text === undefined || text === "" || text === "<redacted>" || text.includes("\ufffd")) return undefined;
  return text;
}

/** A MAC address that is one: systems that hide it write zeros or a word. */
export function bssidOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^[0-9a-f]{1,2}([:-][0-9a-f]{1,2}){5}$/i.test(text)) return undefined;
  return /^(0{1,2}[:-]){5}0{1,2}$/.test(text) ? undefined : text;
}
