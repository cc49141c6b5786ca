/**
 * The heartbeat: what a register says of itself every HEARTBEAT_EVERY_MS, over HTTP or its session. Only `sentAt` and `app.version`
 * are required, so a POS app of any make can send one. Unknown fields are left out, known ones are bounded; `null` means "not known".
 *
 * Beside it the signal report: the radio alone, now and then, from something on the iPad that is not the app (an iOS Shortcut).
 */
import { z } from "zod";
import { IdleSeconds, LastWordsKind } from "./last_words.ts";
import { Vector } from "./sync/vector.ts";

export const HEARTBEAT_EVERY_MS = 5_000;
const LINKS_MAX = 32; // peers one register reports on
export const SUSPECTS_MAX = 8; // peers one register complains of at once
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
  model: maybe(text()).describe("Marketing name or hardware identifier: “iPad Air (5th generation)”, “iPad13,16”"),
  os: maybe(text()),
  batteryPercent: maybe(z.number().min(0).max(100)),
});
export type DeviceInfo = z.infer<typeof DeviceInfo>;

const dbm = z.number().min(-120).max(0);
const channel = z.number().int().min(1).max(233);
const ssid = z.string().min(1).max(64); // 32 octets, however they are written
const bssid = z.string().regex(/^[0-9a-fA-F]{1,2}([:-][0-9a-fA-F]{1,2}){5}$/).transform((mac) => normalizeMac(mac));
const band = z.enum(["2.4GHz", "5GHz", "6GHz"]);

export const NetworkInfo = z.object({
  ssid: maybe(ssid).describe("Name of the Wi-Fi network"),
  bssid: maybe(bssid).describe("MAC address of the access point, in any usual spelling"),
  band: maybe(band),
  channel: maybe(channel),
  rssiDbm: maybe(dbm).describe("Received signal, in dBm: −50 is strong, −70 is weak"),
  noiseDbm: maybe(dbm).describe("Noise floor, in dBm"),
  utilisationPercent: maybe(z.number().min(0).max(100)).describe("How busy its channel is, as the access point tells"),
  address: maybe(address()).describe("The register's own address"),
  prefixLength: maybe(z.number().int().min(0).max(128)),
  gateway: maybe(address()),
});
export type NetworkInfo = z.infer<typeof NetworkInfo>;

export const RegisterState = z.object({
  foreground: maybe(z.boolean()).describe("The app is in front; false while it is hidden"),
  autoLock: maybe(z.union([z.literal("never"), z.number().positive().max(1_440)])).describe("“never”, or minutes"),
  wakeLock: maybe(z.boolean()).describe("The app holds the screen awake by itself"),
  shiftOpen: maybe(z.boolean()).describe("Sync is not to be switched meanwhile"),
  lastWords: maybe(LastWordsKind).describe("It is going: hidden, or being closed. Absent takes earlier words back"),
  idleSeconds: maybe(IdleSeconds).describe("Since somebody last touched the screen"),
});
export type RegisterState = z.infer<typeof RegisterState>;

export const LinkReport = z.object({
  peer: text(40).describe("A register's id, or “hub”"),
  path: z.enum(["direct", "relay"]),
  rttMs: maybe(z.number().min(0).max(600_000)).describe("Round trip, in milliseconds"),
  lossPercent: maybe(z.number().min(0).max(100)),
  since: maybe(z.iso.datetime({ offset: true })),
  why: maybe(text(200)).describe("Why it took this path"),
});
export type LinkReport = z.infer<typeof LinkReport>;

export const SuspectWhy = z.enum(["fork", "gap", "oversize", "garbage"]);
export type SuspectWhy = z.infer<typeof SuspectWhy>;
export const SuspectReport = z.object({
  peer: text(40).describe("A register's id, or “hub”"),
  why: SuspectWhy.describe(
    "An op id that is held with other content; ops without those before them, again and again; more than fits; not a message",
  ),
});
export type SuspectReport = z.infer<typeof SuspectReport>;

export const Heartbeat = z.object({
  sentAt: z.iso.datetime({ offset: true }).describe("By the register's own clock; a wrong one is taken, and found"),
  app: AppInfo,
  configVersion: maybe(z.number().int().min(0).max(1_000_000_000)).describe("Of the settings it last fetched"),
  device: maybe(DeviceInfo),
  network: maybe(NetworkInfo),
  state: maybe(RegisterState),
  links: maybe(z.array(LinkReport).max(LINKS_MAX)),
  unsynced: maybe(z.number().int().min(0).max(1_000_000)).describe("Ops that exist on this register only"),
  vector: maybe(Vector).describe("What it holds: per replica, the highest seq up to which it lacks nothing"),
  suspects: maybe(z.array(SuspectReport).max(SUSPECTS_MAX)).describe(
    "Peers that sent what no sound peer sends, lately",
  ),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

/** A number, or its digits as text: Shortcuts sends text, with the minus sign of the iPad's language. */
function digits<T extends z.ZodType<number, number>>(schema: T, error: string) {
  const typed = z.string().trim().regex(/^[-\u2212]?\d{1,4}([.,]\d{1,3})?$/)
    .transform((text) => Number(text.replace("\u2212", "-").replace(",", "."))).pipe(schema);
  return z.union([schema, typed], { error });
}
/** Shortcuts sends an empty text for what it could not find out. */
function orBlank<T extends z.ZodType>(schema: T) {
  return maybe(z.union([schema, z.literal("").transform(() => undefined)]));
}

const dbmDigits = digits(dbm, "a number of dBm from -120 to 0");

export const SignalReport = z.object({
  rssiDbm: dbmDigits.describe("Received signal, in dBm; digits as text are fine"),
  noiseDbm: orBlank(dbmDigits).describe("Noise floor, in dBm"),
  ssid: orBlank(ssid).describe("Name of the Wi-Fi network"),
  bssid: orBlank(bssid).describe("MAC address of the access point, in any usual spelling"),
  channel: orBlank(digits(channel, "a channel from 1 to 233")),
  band: orBlank(band),
  takenAt: orBlank(z.iso.datetime({ offset: true })).describe(
    "When it was measured, by the register's own clock; else now",
  ),
});
export type SignalReport = z.infer<typeof SignalReport>;

/** A MAC address as six lower-case pairs with colons, whatever way it was written. */
export function normalizeMac(mac: string): string {
  return mac.toLowerCase().split(/[:-]/).map((pair) => pair.padStart(2, "0")).join(":");
}
