/** Faults that the demo can switch on: what each does to a register's own report, or to the register. */
import type { AppInfo } from "../shared/heartbeat.ts";
import { VERSION } from "../shared/version.ts";
import type { Report } from "./headless.ts";

export const FAULTS = {
  "weak-signal": { key: "1", register: "Terrace", does: "Terrace is far from the Wi-Fi, at −75 dBm" },
  "hidden-app": { key: "2", register: "Window", does: "Window has another app in front" },
  "old-version": { key: "3", register: "Till 1", does: "Till 1 runs an older version of the app" },
  "silent-register": { key: "4", register: "Bar", does: "Bar is switched off" },
  "other-subnet": { key: "5", register: "Window", does: "Window is on another network, behind a second router" },
} as const;
export type Fault = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as Fault[];

export const APP: AppInfo = { version: VERSION };
const OLD_APP: AppInfo = { version: "0.0.9" };
const GOOD_DBM = -52;
const WEAK_DBM = -75;

/** What the register `name`, the `index`-th in the house, says of itself while `faults` are on. */
export function reportOf(name: string, index: number, faults: ReadonlySet<Fault>): { app: AppInfo; report: Report } {
  const has = (fault: Fault) => faults.has(fault) && FAULTS[fault].register === name;
  const net = has("other-subnet") ? "192.168.50" : "192.168.1";
  return {
    app: has("old-version") ? OLD_APP : APP,
    report: {
      device: { model: "iPad Air (5th generation)", os: "iPadOS 18.1", batteryPercent: 81 - index },
      network: {
        ssid: has("other-subnet") ? "Shop_EXT" : "Shop",
        bssid: "a4:2b:b0:01:02:03",
        band: "5GHz",
        channel: 44,
        rssiDbm: (has("weak-signal") ? WEAK_DBM : GOOD_DBM) - index,
        noiseDbm: -92,
        address: `${net}.${21 + index}`,
        prefixLength: 24,
        gateway: `${net}.1`,
      },
      state: { foreground: !has("hidden-app"), autoLock: "never", wakeLock: true, shiftOpen: true },
    },
  };
}
