/**
 * Windows, by `netsh wlan show interfaces`, which prints in the system's language. "SSID" and "BSSID" are the same in all of them; the
 * rest is known by its place after them and by the shape of its value.
 */
import { bandIn, bssidOf, channelAt, dbmOf, type Radio, type RadioReading, ssidOf } from "./radio.ts";

export const NETSH_ARGS = ["wlan", "show", "interfaces"] as const;

interface Line {
  readonly key: string;
  readonly value: string;
}

export function parseNetsh(stdout: string): RadioReading {
  const lines = stdout.split(/\r?\n/).map(lineOf);
  if (!lines.some((line) => line)) return { kind: "unreadable" };
  const at = lines.findIndex((line) => line !== undefined && /^(AP )?BSSID$/i.test(line.key));
  if (at < 0) {
    const hardware = lines.some((line) => line && bssidOf(line.value)); // the adapter's own address
    return hardware ? { kind: "off", why: "Windows is connected to no Wi-Fi" } : { kind: "unreadable" };
  }
  const end = lines.findIndex((line, i) => i > at && line === undefined); // a blank line ends an adapter
  const rest = lines.slice(at + 1, end < 0 ? undefined : end).flatMap((line) => line ?? []);
  const ssid = lines.slice(0, at).findLast((line) => line?.key === "SSID")?.value;
  const radio = radioOf(rest);
  const measured = dbmOf(rest.find(({ key }) => /^rssi$/i.test(key))?.value);
  const percent = Number(rest.map(({ value }) => /^(\d{1,3}) ?%$/.exec(value)?.[1]).find(Boolean));
  const known = { ssid: ssidOf(ssid), bssid: bssidOf(lines[at]!.value), ...radio };
  if (measured !== undefined || !(percent >= 0 && percent <= 100)) {
    return { kind: "on", radio: { ...known, rssiDbm: measured } };
  }
  // Windows maps −100 dBm to 0 % and −50 dBm to 100 %: what is better than −50 cannot be told.
  const rssiDbm = percent / 2 - 100;
  return { kind: "on", radio: { ...known, rssiDbm }, estimated: `from the ${percent} % that netsh tells` };
}

/** Band and channel: the first value that is a whole number and no rate, whose unit is in brackets. The profile's name comes last. */
function radioOf(rest: readonly Line[]): Pick<Radio, "band" | "channel"> {
  const signal = rest.findIndex(({ value }) => /^\d{1,3} ?%$/.test(value));
  const number = Number(
    rest.slice(0, signal < 0 ? undefined : signal).find(({ key, value }) =>
      /^\d{1,3}$/.test(value) && !/[(（]/.test(key)
    )?.value,
  );
  const channel = number >= 1 && number <= 233 ? number : undefined;
  const band = rest.map(({ value }) => /^[\d.,]+ ?GHz$/i.test(value) ? bandIn(value) : undefined).find(Boolean);
  if (band !== undefined || channel === undefined) return { band, channel };
  return { band: channel <= 14 ? channelAt(2407 + 5 * channel).band : undefined, channel }; // above, 5 and 6 GHz share numbers
}

/** "    Key   : value"; undefined for a line of another shape. */
function lineOf(line: string): Line | undefined {
  const [, key, value] = /^\s+(\S.*?)\s*: (.*?)\s*$/.exec(line) ?? /^\s+(\S.*?)\s*:()\s*$/.exec(line) ?? [];
  return key === undefined || value === undefined ? undefined : { key, value };
}
