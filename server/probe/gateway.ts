/**
 * Does the default gateway answer? Asked gently, and never wrong by silence alone: a port that is open or refused, a ping, or an
 * answer on the wire proves it alive; only silence on every way there is, or the hub's own system finding nobody at that address,
 * speaks for its being gone. A healthy one takes some milliseconds, a dead one at most a second and a half.
 */
import type { Neighbours } from "./neighbours.ts";
import { neighbourAt } from "./neighbours.ts";
import type { PingResult } from "./ping.ts";
import type { Connect, TcpResult } from "./tcp.ts";

const PORTS = [53, 80, 443]; // what a shop's router listens on, if it listens at all
const TCP_LIMIT_MS = 200; // the own network; with a ping of one second after it, a round stays within 1.5 s

export interface GatewayDeps {
  readonly connect: Connect;
  readonly ping: (address: string) => Promise<PingResult>;
  readonly neighbours: () => Promise<Neighbours>;
  readonly tcpLimit?: () => AbortSignal; // tests choose when time is up
}

export interface GatewayReading {
  readonly alive?: boolean; // absent: what was measured proves neither
  readonly by?: "port" | "ping" | "wire"; // with alive: what it answered
  readonly port?: number; // with "port": which
  readonly rttMs?: number;
  readonly how: string; // what was measured, in words
}

/** What earlier rounds learnt of this gateway. */
export interface KnownGateway {
  readonly mac?: string; // its own, so that a repeater answering the wire for a dead router is not taken for it
  /** A port or a ping: then "reachable" on the wire may only be a memory of that time. Absent: nobody was there to see whether it did. */
  readonly answeredLately?: boolean;
}

const STRANGER: KnownGateway = { answeredLately: false };

export async function probeGateway(address: string, deps: GatewayDeps, known = STRANGER): Promise<GatewayReading> {
  const tcp = await probePorts(address, deps);
  if (!Array.isArray(tcp)) return tcp;
  const pinged = await deps.ping(address);
  if (pinged.kind === "answered") {
    return { alive: true, by: "ping", rttMs: pinged.rttMs, how: `It answered a ping${inTime(pinged.rttMs)}` };
  }
  return judgeSilence(address, tcp, pinged, await deps.neighbours(), known);
}

/** The first port that answers, at once; or what became of each. */
async function probePorts(address: string, { connect, tcpLimit }: GatewayDeps): Promise<GatewayReading | TcpResult[]> {
  const enough = new AbortController();
  const signal = AbortSignal.any([tcpLimit?.() ?? AbortSignal.timeout(TCP_LIMIT_MS), enough.signal]);
  const attempts = PORTS.map(async (port) => ({ port, result: await connect(address, port, signal) }));
  const answers = attempts.map(async (attempt) => {
    const { port, result } = await attempt;
    if (result.kind !== "open" && result.kind !== "refused") throw result; // so that the first answer wins
    return {
      alive: true,
      by: "port" as const,
      port,
      rttMs: result.rttMs,
      how: `TCP ${port} ${result.kind}${inTime(result.rttMs)}`,
    };
  });
  try {
    return await Promise.any(answers);
  } catch {
    return (await Promise.all(attempts)).map(({ result }) => result);
  } finally {
    enough.abort(); // the others need not go on
  }
}

/** No port and no ping answered: what that proves depends on what the wire says. */
export function judgeSilence(
  address: string,
  tcp: readonly TcpResult[],
  pinged: Exclude<PingResult, { kind: "answered" }>,
  neighbours: Neighbours,
  known = STRANGER,
): GatewayReading {
  const seen = neighbourAt(neighbours, address);
  const silent = `TCP ${PORTS.join(", ")} and ping are silent`;
  const another = seen?.state === "reachable" && known.mac !== undefined && seen.mac !== known.mac;
  if (seen?.state === "reachable" && !another && !known.answeredLately) {
    if (known.answeredLately === undefined) return { how: `${silent}; that it was on the wire may be a minute old` };
    return { alive: true, by: "wire", how: `It answers for its address on the wire; ${silent}` };
  }
  const nobodyThere = seen?.state === "failed" || seen?.state === "asking";
  if (nobodyThere && tcp.some(({ kind }) => kind === "unreachable")) {
    return { alive: false, how: `Nobody on the network has the address ${address}` };
  }
  const broken = tcp.find((result) => result.kind === "unknown" || result.kind === "no-network");
  if (broken && "why" in broken) return { how: `Not measured: ${broken.why}` };
  if (pinged.kind === "unknown") {
    return { how: `TCP ${PORTS.join(", ")} are silent, which alone proves nothing; ${pinged.why}` };
  }
  if (another) return { alive: false, how: `${silent}; another machine, ${seen.mac}, answers for its address` };
  return { alive: false, how: known.answeredLately ? `${silent}; it answered a moment ago` : silent };
}

function inTime(rttMs: number | undefined): string {
  if (rttMs === undefined) return "";
  return rttMs < 1 ? " in under 1 ms" : ` in ${Math.round(rttMs)} ms`;
}
