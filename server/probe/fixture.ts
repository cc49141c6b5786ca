/** A shop for the tests of probes: its commands and sockets made up. */
import { LINUX } from "./linux.ts";
import type { CommandResult } from "./platform.ts";
import type { RoundDeps } from "./round.ts";
import { DEFAULT_TARGETS, LIMITS_MS } from "./settings.ts";
import type { TcpResult } from "./tcp.ts";

export const ROUTES = `[{"dst":"default","gateway":"192.168.1.1","dev":"eth0","metric":100,"flags":[]}]`;
const LINKS = `[{"ifname":"eth0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"link_type":"ether"}]`;
const NEIGHBOURS = `[{"dst":"192.168.1.1","dev":"eth0","lladdr":"a4:2b:b0:01:02:03","state":["REACHABLE"]},
  {"dst":"192.168.1.21","dev":"eth0","lladdr":"5c:e9:1e:00:00:21","state":["STALE"]}]`;
const NOTHING = "PING 1.1.1.1 (1.1.1.1) 56(84) bytes of data.\n";
export const ROUTER = "192.168.1.1";

export interface World {
  readonly routes?: string;
  readonly answers?: boolean; // the router
  readonly hop2?: string;
  readonly internet?: TcpResult;
}

/** A shop, its commands and sockets made up. */
export function world(
  { routes = ROUTES, answers = true, hop2 = NOTHING, internet = { kind: "silent" } }: World = {},
): RoundDeps {
  const runner = (command: string, args: readonly string[]): Promise<CommandResult> => {
    if (command !== "ip") {
      return Promise.resolve({
        ok: false,
        why: "exit",
        reason: "no reply",
        exitCode: 1,
        stdout: args.includes("-t") ? hop2 : "",
      });
    }
    return Promise.resolve({
      ok: true,
      stdout: args.includes("route") ? routes : args.includes("link") ? LINKS : NEIGHBOURS,
    });
  };
  return {
    platform: LINUX,
    runner,
    connect: (address) => {
      if (address !== ROUTER) return Promise.resolve(internet);
      return Promise.resolve(answers ? { kind: "refused", rttMs: 1 } : { kind: "silent" });
    },
    interfaces: () => [{ name: "eth0", address: "192.168.1.20", prefixLength: 24 }],
    gather: () => Promise.resolve({ kind: "asked", packets: [] }),
    fetch: () => Promise.reject(new TypeError("nobody")),
    resolve: () => Promise.resolve([]),
    targets: DEFAULT_TARGETS,
    limits: LIMITS_MS,
    newId: () => 7,
  };
}
