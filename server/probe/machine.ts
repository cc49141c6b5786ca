/** What a round of probes needs, from the machine it runs on. */
import { listInterfaces } from "./interfaces.ts";
import { LINUX } from "./linux.ts";
import { MACOS } from "./macos.ts";
import type { Platform } from "./platform.ts";
import type { RoundDeps } from "./round.ts";
import type { ProbePlan } from "./settings.ts";
import { runCommand } from "./shell.ts";
import { connectTcp } from "./tcp.ts";
import { gatherUdp } from "./udp.ts";
import { WINDOWS } from "./windows.ts";

/** `plan` is asked anew for each round. */
export function thisMachine(plan: () => Pick<ProbePlan, "targets" | "limits">): RoundDeps {
  return {
    get targets() {
      return plan().targets;
    },
    get limits() {
      return plan().limits;
    },
    platform: platformOf(Deno.build.os),
    runner: runCommand,
    connect: connectTcp,
    interfaces: listInterfaces,
    gather: gatherUdp,
    fetch: (url, init) => fetch(url, init),
    resolve: (name, signal) => Deno.resolveDns(name, "A", { signal }),
    newId: () => crypto.getRandomValues(new Uint16Array(1))[0]!,
  };
}

/** Other systems are asked as Linux is, and say "not installed" where they differ. */
export function platformOf(os: typeof Deno.build.os): Platform {
  if (os === "darwin") return MACOS;
  return os === "windows" ? WINDOWS : LINUX;
}
