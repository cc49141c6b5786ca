/** What a browser can honestly say of the device it runs on. What it cannot know stays absent. */
import type { DeviceInfo } from "../../shared/heartbeat.ts";

/** The part of `navigator` that tells something. */
export interface Navigation {
  readonly userAgent: string;
  readonly platform: string;
  readonly maxTouchPoints: number;
}

const SYSTEMS: readonly (readonly [pattern: RegExp, say: (version: string) => string])[] = [
  [/iPad.*? OS (\d+(?:_\d+)?)/, (version) => `iPadOS ${version}`],
  [/iPhone.*? OS (\d+(?:_\d+)?)/, (version) => `iOS ${version}`],
  [/Android (\d+(?:\.\d+)?)/, (version) => `Android ${version}`],
  [/(CrOS)/, () => "ChromeOS"],
  [/(Windows NT)/, () => "Windows"], // the number in it has not moved since Windows 10
  [/(Macintosh)/, () => "macOS"], // the same since 10.15
  [/(Linux)/, () => "Linux"],
];

export function describeDevice(navigation: Navigation): DeviceInfo {
  if (isDisguisedIpad(navigation)) return { model: "iPad", os: "iPadOS", batteryPercent: undefined };
  return { model: modelOf(navigation.userAgent), os: systemOf(navigation.userAgent), batteryPercent: undefined };
}

/** Since iPadOS 13 Safari says it is a Mac. No Mac has a screen that takes five fingers. */
function isDisguisedIpad({ userAgent, platform, maxTouchPoints }: Navigation): boolean {
  return platform === "MacIntel" && maxTouchPoints > 1 && userAgent.includes("Macintosh");
}

function modelOf(userAgent: string): string | undefined {
  return /\b(iPad|iPhone)\b/.exec(userAgent)?.[1];
}

function systemOf(userAgent: string): string | undefined {
  for (const [pattern, say] of SYSTEMS) {
    const found = pattern.exec(userAgent);
    if (found) return say(found[1]!.replace("_", "."));
  }
  return undefined;
}
