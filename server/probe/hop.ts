/**
 * Who is behind the router? A ping that may only pass one router dies at the second, which says so: the modem's own router, or in bridge
 * mode the provider's. No special rights are needed, because the system's `ping` has them.
 */
import type { HopRung } from "../../shared/rules/network.ts";
import type { CommandRunner, HopResult, Platform } from "./platform.ts";

const IPV4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
// `From 192.168.100.1 icmp_seq=1 …`, `36 bytes from 192.168.100.1: …`, `Réponse de 192.168.100.1 : …`: an address, then that sign.
const SPEAKER = new RegExp(String.raw`(?:^|\s)\(?(${IPV4})\)?(?:\s?:(?=\s)|\s+icmp_seq=)`);

/** `near`: addresses that are nearer than the second hop, the hub's own and its router's, which may answer in its place. */
export async function probeSecondHop(
  target: string,
  { runner, platform, near }: { runner: CommandRunner; platform: Platform; near: readonly string[] },
): Promise<HopRung> {
  let why = "there is no command for it on this operating system";
  for (const [i, { command, args, parse }] of platform.secondHop.entries()) {
    const result = await runner(command, args(target));
    if (!result.ok && result.why === "too-slow") return said({ kind: "silent" }, near);
    const read = result.stdout === undefined ? undefined : parse(result.stdout, target);
    if (read && read.kind !== "unknown") return said(read, near);
    if (i === 0) why = read?.why ?? (result.ok ? `${command} printed something this hub cannot read` : result.reason);
  }
  return { how: `Behind the router was not measured: ${why}` };
}

function said(result: Exclude<HopResult, { kind: "unknown" }>, near: readonly string[]): HopRung {
  if (result.kind === "answered" && !near.includes(result.address)) {
    const { address, rttMs } = result;
    return { ok: true, address, rttMs, how: `Behind the router ${address} answers` };
  }
  if (result.kind === "answered") {
    return { ok: false, how: `Nothing behind the router answers; ${result.address} says so` };
  }
  return { ok: false, how: "Nothing behind the router answers" };
}

/**
 * The answer to a ping that was to die on its way, in any language: the line of somebody other than its target, or the echo of a
 * target that is as near as that. `isPing` knows the head of a `ping` that tells who answered; not all do.
 */
export function readHopPing(stdout: string, target: string, isPing: RegExp): HopResult | undefined {
  if (!isPing.test(stdout)) return undefined;
  for (const line of stdout.split(/\r?\n/)) {
    const address = SPEAKER.exec(line)?.[1];
    if (address === target && /\bttl=\d/i.test(line)) return { kind: "answered", address };
    if (address !== undefined && address !== target && !line.includes(target)) {
      return { kind: "answered", address };
    }
  }
  return { kind: "silent" };
}

/** ` 2  192.168.100.1  1.234 ms` of a traceroute that only asks for the second hop, or ` 2  *`. */
export function readHopTrace(stdout: string): HopResult | undefined {
  const [, address, time] =
    new RegExp(String.raw`^\s*2\s+(?:(${IPV4})(?:\s+(\d+(?:\.\d+)?)\s*ms)?|\*)`, "m").exec(stdout) ??
      [];
  if (address !== undefined) return { kind: "answered", address, rttMs: time === undefined ? undefined : Number(time) };
  return /^\s*2\s+\*/m.test(stdout) ? { kind: "silent" } : undefined;
}
