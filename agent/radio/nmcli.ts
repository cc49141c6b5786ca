/** Linux without `iw`, by NetworkManager's `nmcli -t`, which tells the signal as a percentage. */
import { bssidOf, channelAt, dbmOf, type RadioReading, ssidOf } from "./radio.ts";

export const NMCLI_ARGS = [
  "-t",
  "-f",
  "IN-USE,BSSID,SSID,FREQ,SIGNAL,DEVICE",
  "device",
  "wifi",
  "list",
  "--rescan",
  "no",
] as const;

const COLUMNS = 6;
// NetworkManager counts one percent a dB from −90 dBm (30 %) to −20 dBm (100 %); what is weaker it tells in another way.
const FULL_DBM = -20;
const WEAKEST_PERCENT = 30;

/** Lines of fields with colons between them; a colon or backslash in a field has a backslash before it. */
export function parseNmcli(stdout: string): RadioReading {
  const lines = stdout.split(/\r?\n/).filter((line) => line !== "");
  const rows = lines.map(fieldsOf).filter((row) => row.length === COLUMNS);
  if (rows.length === 0 && lines.length > 0) return { kind: "unreadable" };
  const [, bssid, ssid, frequency, percent, device] = rows.find(([inUse]) => inUse === "*") ?? [];
  if (bssid === undefined) return { kind: "off", why: "NetworkManager is connected to no Wi-Fi" };
  const rssiDbm = dbmFrom(percent);
  return {
    kind: "on",
    radio: {
      device,
      ssid: ssidOf(ssid),
      bssid: bssidOf(bssid),
      ...channelAt(Number(/^(\d+) MHz$/.exec(frequency ?? "")?.[1])),
      rssiDbm,
    },
    estimated: rssiDbm === undefined ? undefined : `from the ${percent} % that nmcli tells`,
  };
}

function dbmFrom(percent: string | undefined): number | undefined {
  const value = Number(percent);
  if (!/^\d{1,3}$/.test(percent ?? "") || value < WEAKEST_PERCENT || value > 100) return undefined;
  return dbmOf(String(FULL_DBM - (100 - value)));
}

function fieldsOf(line: string): string[] {
  const fields = [""];
  for (const [part, escaped] of line.matchAll(/\\(.)|./gu)) {
    if (escaped === undefined && part === ":") fields.push("");
    else fields[fields.length - 1] += escaped ?? part;
  }
  return fields;
}
