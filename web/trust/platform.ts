/** Which kind of device this is, as far as it says, so that its own steps come first. */

export const PLATFORMS = ["ipad", "mac", "windows", "android", "linux"] as const;
export type Platform = typeof PLATFORMS[number];

export const PLATFORM_NAMES: Record<Platform, string> = {
  ipad: "iPad or iPhone",
  mac: "Mac",
  windows: "Windows",
  android: "Android",
  linux: "Linux or Chromebook",
};

/** The part of `navigator` that tells something. */
interface Navigation {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
}

export function platformOf({ userAgent, maxTouchPoints }: Navigation): Platform {
  if (/iPad|iPhone|iPod/.test(userAgent)) return "ipad";
  if (/Macintosh/.test(userAgent)) return maxTouchPoints > 1 ? "ipad" : "mac"; // Safari on an iPad says it is a Mac
  if (/Windows/.test(userAgent)) return "windows";
  if (/Android/.test(userAgent)) return "android";
  return "linux";
}
