/** What kind of computer this is, and its battery: by what each system says without special leave. Parsers are pure and never throw. */
import type { DeviceInfo } from "../shared/heartbeat.ts";

/** Linux: `hostnamectl --json=short`. */
export function parseHostnamectl(stdout: string): Pick<DeviceInfo, "model" | "os"> {
  try {
    const { HardwareVendor: vendor, HardwareModel: model, OperatingSystemPrettyName: os } = JSON.parse(stdout);
    const words = [vendor, model].filter((word) => typeof word === "string" && word !== "");
    return { model: words.join(" ") || undefined, os: typeof os === "string" && os !== "" ? os : undefined };
  } catch {
    return {};
  }
}

/** Linux: `upower -i …/DisplayDevice`. A computer without a battery says "0%" and that it is to be ignored. */
export function parseUpower(stdout: string): number | undefined {
  if (/^\s*present:\s*no\b/m.test(stdout) || /should be ignored/.test(stdout)) return undefined;
  return percentOf(/^\s*percentage:\s*(\d{1,3})(?:[.,]\d+)?%/m.exec(stdout)?.[1]);
}

/** macOS: `pmset -g batt`. */
export function parsePmset(stdout: string): number | undefined {
  return percentOf(/\t(\d{1,3})%;/.exec(stdout)?.[1]);
}

/** macOS: `sysctl -n hw.model`, a hardware identifier such as "Mac14,2". */
export function parseModel(stdout: string): string | undefined {
  return /^[\w,. -]{1,60}$/.exec(stdout.trim())?.[0];
}

/** The name people know an operating system by, and its version. */
export function systemName(os: string, release: string): string {
  if (os === "darwin") return `macOS, Darwin ${release}`;
  return `${os === "windows" ? "Windows" : "Linux"} ${release}`;
}

function percentOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && value >= 0 && value <= 100 ? value : undefined;
}
