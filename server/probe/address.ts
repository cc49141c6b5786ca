/**
 * Does the address of a register that went quiet still answer? One ping, one TCP connection and the neighbour table. A refused port or a ping
 * proves that the device is on and on the network; a time-out proves nothing; only the hub's own system finding nobody there does.
 */
import type { Neighbours } from "./neighbours.ts";
import { neighbourAt } from "./neighbours.ts";
import type { PingResult } from "./ping.ts";
import type { Connect, TcpResult } from "./tcp.ts";

const PORT = 62_078; // iPads listen here for the computer they sync with; any other device refuses it
const TCP_LIMIT_MS = 1_000; // as long as the ping beside it
const WIRE_MEMORY_MS = 60_000; // a system calls a neighbour reachable for up to 45 s after its last answer

export interface AddressDeps {
  readonly connect: Connect;
  readonly ping: (address: string) => Promise<PingResult>;
  readonly neighbours: () => Promise<Neighbours>;
  readonly tcpLimit?: () => AbortSignal; // tests choose when time is up
}

export interface AddressReading {
  readonly answers?: boolean; // absent: what was measured proves neither
  readonly how: string; // what was measured, in words
}

/** Asks `address`, of which nothing was heard for `silentMs`. */
export async function askAddress(address: string, silentMs: number, deps: AddressDeps): Promise<AddressReading> {
  const signal = deps.tcpLimit?.() ?? AbortSignal.timeout(TCP_LIMIT_MS);
  const before = await deps.neighbours(); // what came of the last time it was asked: a new question hides it for seconds
  const [tcp, pinged] = await Promise.all([deps.connect(address, PORT, signal), deps.ping(address)]);
  if (isAnswer(tcp)) {
    return { answers: true, how: `${address} answered a connection${inTime(tcp.rttMs)}` };
  }
  if (pinged.kind === "answered") return { answers: true, how: `${address} answered a ping${inTime(pinged.rttMs)}` };
  const neighbours = await deps.neighbours();
  return judgeSilentAddress(address, { tcp, pinged, before, neighbours, silentMs });
}

type Silent = Extract<TcpResult, { kind: "silent" | "unreachable" | "no-network" | "unknown" }>;
interface Silence {
  readonly tcp: Silent;
  readonly pinged: Exclude<PingResult, { kind: "answered" }>;
  readonly before: Neighbours;
  readonly neighbours: Neighbours;
  readonly silentMs: number;
}

/** Neither a port nor a ping answered: what that proves depends on the wire. */
export function judgeSilentAddress(address: string, silence: Silence): AddressReading {
  const { tcp, pinged, before, neighbours, silentMs } = silence;
  const seen = neighbourAt(neighbours, address);
  if (seen?.state === "reachable" && silentMs > WIRE_MEMORY_MS) {
    return { answers: true, how: `${address} answers on the wire; a connection and a ping are silent` };
  }
  const failedBefore = neighbourAt(before, address)?.state === "failed" && seen?.state !== "remembered";
  if (seen?.state === "failed" || failedBefore || (seen?.state === "asking" && tcp.kind === "unreachable")) {
    return { answers: false, how: `Nobody on the network has the address ${address} now` };
  }
  if (pinged.kind === "unknown") return { how: `${address} is silent, which alone proves nothing; ${pinged.why}` };
  if (tcp.kind === "unknown" || tcp.kind === "no-network") return { how: `Not measured: ${tcp.why}` };
  return { how: `${address} is silent, which alone proves nothing` };
}

function isAnswer(tcp: TcpResult): tcp is Exclude<TcpResult, Silent> {
  return tcp.kind === "open" || tcp.kind === "refused";
}

/** Asks what is due, one round at a time; call it as often as you like. */
export function askDue<Q extends { readonly address: string; readonly silentMs: number }>(
  { due, ask, found }: {
    readonly due: () => readonly Q[];
    readonly ask: (address: string, silentMs: number) => Promise<AddressReading>;
    readonly found: (question: Q, reading: AddressReading) => void;
  },
): () => Promise<void> {
  let busy = false;
  return async () => {
    if (busy) return;
    busy = true;
    try {
      for (const question of due()) found(question, await ask(question.address, question.silentMs));
    } finally {
      busy = false;
    }
  };
}

function inTime(rttMs: number | undefined): string {
  if (rttMs === undefined) return "";
  return rttMs < 1 ? " in under 1 ms" : ` in ${Math.round(rttMs)} ms`;
}
