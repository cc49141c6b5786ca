/** One ping, by the system's own command, because a raw socket would need more rights than a hub should have. */
import type { CommandRunner, Platform } from "./platform.ts";

export type PingResult =
  | { readonly kind: "answered"; readonly rttMs?: number }
  | { readonly kind: "silent" }
  | { readonly kind: "unknown"; readonly why: string };

export async function ping(runner: CommandRunner, platform: Platform, address: string): Promise<PingResult> {
  const { command, args, silentExit } = platform.ping;
  const result = await runner(command, args(address));
  if (result.ok) return readPing(result.stdout);
  if (result.stdout !== undefined && refusedBy(address, result.stdout)) return { kind: "answered" };
  if (result.why === "too-slow" || result.exitCode === silentExit) return { kind: "silent" };
  return { kind: "unknown", why: result.reason };
}

/**
 * Every system, in every language, prints the TTL of a reply and of nothing else; Windows ends well even when some other machine
 * said that the address is out of reach. `time=0.41 ms`, `Zeit<1ms` and `temps=3 ms` are all a name, a sign, and a number.
 */
export function readPing(stdout: string): PingResult {
  const reply = stdout.split(/\r?\n/).find((line) => /\bttl=\d/i.test(line));
  if (!reply) return { kind: "silent" };
  const time = /[=<]\s*(\d+(?:[.,]\d+)?)\s*ms\b/i.exec(reply)?.[1];
  return { kind: "answered", rttMs: time === undefined ? undefined : Number(time.replace(",", ".")) };
}

/** `From 192.168.1.1 icmp_seq=1 Destination Port Unreachable`: it will not echo, but it is there to say so. */
function refusedBy(address: string, stdout: string): boolean {
  return stdout.split(/\r?\n/).some((line) => line.startsWith(`From ${address} `));
}
