/** Linux, by `iw`: it asks the driver itself and needs no leave. */
import { bssidOf, channelAt, dbmOf, type RadioReading, ssidOf } from "./radio.ts";

/** `iw dev`: the interfaces that are clients of a network. */
export function parseDevices(stdout: string): string[] {
  return stdout.split(/^\tInterface /m).slice(1).flatMap((block) => {
    const [name = ""] = block.split(/\r?\n/, 1);
    return /^\t\ttype managed\s*$/m.test(block) && /^\S+$/.test(name) ? [name] : [];
  });
}

/** `iw dev DEVICE link`. */
export function parseLink(stdout: string, device: string): RadioReading {
  if (/^Not connected/m.test(stdout)) return { kind: "off", why: `${device} is connected to no Wi-Fi` };
  const bssid = bssidOf(/^Connected to ([0-9a-fA-F:]{17})/m.exec(stdout)?.[1]);
  if (bssid === undefined) return { kind: "unreadable" };
  const frequency = Number(/^\tfreq: (\d+(?:\.\d+)?)\s*$/m.exec(stdout)?.[1]);
  const ssid = ssidOf(unescaped(/^\tSSID: (.*)$/m.exec(stdout)?.[1]));
  const rssiDbm = dbmOf(/^\tsignal:\s*(-?\d+) dBm\s*$/m.exec(stdout)?.[1]);
  return { kind: "on", radio: { device, ssid, bssid, ...channelAt(frequency), rssiDbm } };
}

/** `iw dev DEVICE station dump`: the mean over some seconds, which one lost frame does not move; undefined where the driver has none. */
export function parseStation(stdout: string): number | undefined {
  const of = (name: string) => dbmOf(new RegExp(String.raw`^\t${name}:\s*(-?\d+)\b.*dBm`, "m").exec(stdout)?.[1]);
  return of("signal avg") ?? of("signal");
}

/** `iw dev DEVICE survey dump`: the noise on the channel in use; undefined where the driver does not measure it. */
export function parseNoise(stdout: string): number | undefined {
  const inUse = stdout.split(/^Survey data /m).find((block) => block.includes("[in use]"));
  return dbmOf(/^\tnoise:\s*(-?\d+) dBm/m.exec(inUse ?? "")?.[1]);
}

/** `iw` writes every byte of a name that is not plain ASCII as `\xNN`. */
function unescaped(text: string | undefined): string | undefined {
  if (text === undefined || !text.includes("\\x")) return text;
  const bytes: number[] = [];
  for (const [part, hex] of text.matchAll(/\\x([0-9a-f]{2})|[\s\S]/gi)) {
    if (hex === undefined) bytes.push(...new TextEncoder().encode(part));
    else bytes.push(parseInt(hex, 16));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}
