/** macOS, by `system_profiler SPAirPortDataType -json`: signal and noise for everybody, the network's name only on older systems. */
import { bandIn, dbmOf, type RadioReading, ssidOf } from "./radio.ts";

export const PROFILER_ARGS = ["SPAirPortDataType", "-json"] as const;

export function parseProfiler(stdout: string): RadioReading {
  const interfaces = interfacesIn(stdout);
  if (interfaces === undefined) return { kind: "unreadable" };
  for (const each of interfaces) {
    const current = each.spairport_current_network_information;
    if (!isRow(current)) continue;
    const text = (key: string) => textOf(current[key]);
    const [, rssi, noise] = /^(-?\d+) dBm \/ (-?\d+) dBm$/.exec(text("spairport_signal_noise") ?? "") ?? [];
    const channel = text("spairport_network_channel") ?? "";
    const number = Number(/^\d+/.exec(channel)?.[0]);
    return {
      kind: "on",
      radio: {
        device: textOf(each._name),
        ssid: ssidOf(text("_name")),
        band: bandIn(channel),
        channel: Number.isInteger(number) ? number : undefined,
        rssiDbm: dbmOf(rssi),
        noiseDbm: dbmOf(noise),
      },
    };
  }
  return { kind: "off", why: "macOS is connected to no Wi-Fi" };
}

type Row = Record<string, unknown>;

function interfacesIn(stdout: string): Row[] | undefined {
  try {
    const whole: unknown = JSON.parse(stdout);
    const cards = isRow(whole) ? whole.SPAirPortDataType : undefined;
    if (!Array.isArray(cards)) return undefined;
    return cards.filter(isRow).flatMap(({ spairport_airport_interfaces: list }) => Array.isArray(list) ? list : [])
      .filter(isRow);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
