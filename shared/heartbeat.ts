/**
 * The heartbeat: what a register says of itself every HEARTBEAT_EVERY_MS, over HTTP or its session. Only `sentAt` and `app.version`
 * are required, so a POS app of any make can send one. Unknown fields are left out, known ones are bounded; `null` means "not known".
 */
import { z } from "zod";
import { Vector } from "./sync/vector.ts";

export const HEARTBEAT_EVERY_MS = 5_000;
const LINKS_MAX = 32; // peers one register reports on
const TEXT_MAX = 120; // characters of any name that a register reports

const text = (max = TEXT_MAX) => z.string().trim().min(1).max(max);
const address = () => z.union([z.ipv4(), z.ipv6()]);
/** An optional field: absent and null both mean "not known". */
function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullable().transform((value) => value ?? undefined).optional();
}

export const AppInfo = z.object({ version: text(40), build: maybe(text(40)) });
export type AppInfo = z.infer<typeof AppInfo>;

export const DeviceInfo = z.object({
  model: maybe(text()),
  os: maybe(text()),
  batteryPercent: maybe(z.number().min(0).max(100)),
});
export type DeviceInfo = z.infer<typeof DeviceInfo>;

export const NetworkInfo = z.object({
  ssid: maybe(z.string().min(1).max(64)), // 32 octets, however they are written
  bssid: maybe(z.string().regex(/^[0-9a-fA-F]{1,2}([:-][0-9a-fA-F]{1,2}){5}$/).transform((mac) => normalizeMac(mac))),
  band: maybe(z.enum(["2.4GHz", "5GHz", "6GHz"])),
  channel: maybe(z.number().int().min(1).max(233)),
  rssiDbm: maybe(z.number().min(-120).max(0)),
  noiseDbm: maybe(z.number().min(-120).max(0)),
  address: maybe(address()),
  prefixLength: maybe(z.number().int().min(0).max(128)),
  gateway: maybe(address()),
});
export type NetworkInfo = z.infer<typeof NetworkInfo>;

export const RegisterState = z.object({
  foreground: maybe(z.boolean()),
  autoLock: maybe(z.union([z.literal("never"), z.number().positive().max(1_440)])), // minutes
  wakeLock: maybe(z.boolean()),
  shiftOpen: maybe(z.boolean()),
});
export type RegisterState = z.infer<typeof RegisterState>;

export const LinkReport = z.object({
  peer: text(40), // a register's id, or "hub"
  path: z.enum(["direct", "relay"]),
  rttMs: maybe(z.number().min(0).max(600_000)),
  lossPercent: maybe(z.number().min(0).max(100)),
  since: maybe(z.iso.datetime({ offset: true })),
  why: maybe(text(200)),
});
export type LinkReport = z.infer<typeof LinkReport>;

export const Heartbeat = z.object({
  sentAt: z.iso.datetime({ offset: true }),
  app: AppInfo,
  configVersion: maybe(z.number().int().min(0).max(1_000_000_000)),
  device: maybe(DeviceInfo),
  network: maybe(NetworkInfo),
  state: maybe(RegisterState),
  links: maybe(z.array(LinkReport).max(LINKS_MAX)),
  unsynced: maybe(z.number().int().min(0).max(1_000_000)), // ops that exist on this register only
  vector: maybe(Vector),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

/** A MAC address as six lower-case pairs with colons, whatever way it was written. */
export function normalizeMac(mac: string): string {
  return mac.toLowerCase().split(/[:-]/).map((pair) => pair.padStart(2, "0")).join(":");
}
