/**
 * One question over UDP and the answers that come in time. A refusal over UDP is never evidence (it often does not arrive), so there
 * are only answers, silence, and what kept this hub from asking.
 */
import dgram from "node:dgram";

const PACKETS_MAX = 64; // answers to one question; more is a flood
const NO_LEAVE = "this hub was started without leave to use the network";

export interface Packet {
  readonly bytes: Uint8Array;
  readonly from: string;
  readonly rttMs: number;
}

export interface Question {
  readonly address: string;
  readonly port: number;
  readonly bytes: Uint8Array;
  readonly ms: number;
  readonly enough: (packet: Packet) => boolean; // the answer that ends the wait
  readonly signal?: AbortSignal; // ends it as well: the answer is no longer needed
  readonly from?: { readonly port?: number; readonly broadcast?: boolean; readonly multicastBy?: string };
}

export type Gathered =
  | { readonly kind: "asked"; readonly packets: readonly Packet[] } // none: nobody answered
  | { readonly kind: "unknown"; readonly why: string };

export type Gather = (question: Question) => Promise<Gathered>;

/** A `Gather` over real sockets. */
export async function gatherUdp({ address, port, bytes, ms, enough, signal, from = {} }: Question): Promise<Gathered> {
  // Without leave the socket would throw where nobody can catch it.
  if ((await Deno.permissions.query({ name: "net" })).state !== "granted") return { kind: "unknown", why: NO_LEAVE };
  const socket = dgram.createSocket({ type: "udp4", reuseAddr: from.port !== undefined });
  const packets: Packet[] = [];
  const { promise, resolve } = Promise.withResolvers<Gathered>();
  const start = performance.now();
  const timer = setTimeout(() => given(), ms);
  const given = () => resolve({ kind: "asked", packets });
  if (signal?.aborted) given();
  signal?.addEventListener("abort", given);
  const failed = (thrown: unknown) => resolve({ kind: "unknown", why: whyNot(thrown, from.port) });
  socket.on("error", failed);
  socket.on("message", (message, sender) => {
    const packet = { bytes: new Uint8Array(message), from: sender.address, rttMs: performance.now() - start };
    if (packets.length < PACKETS_MAX) packets.push(packet);
    if (enough(packet)) resolve({ kind: "asked", packets });
  });
  try {
    socket.bind(from.port ?? 0, () => {
      try {
        if (from.broadcast) socket.setBroadcast(true);
        if (from.multicastBy !== undefined) socket.setMulticastInterface(from.multicastBy);
        socket.send(bytes, port, address, (thrown) => thrown && failed(thrown));
      } catch (thrown) {
        failed(thrown);
      }
    });
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", given);
    socket.close();
  }
}

function whyNot(thrown: unknown, port: number | undefined): string {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (port !== undefined && (code === "EACCES" || code === "EPERM")) {
    return `this hub has no leave to use UDP port ${port}`;
  }
  if (port !== undefined && code === "EADDRINUSE") return `another program on this hub uses UDP port ${port}`;
  if (code === "ENETUNREACH" || code === "EHOSTUNREACH") return "this hub has no way to that network";
  if (code === "UNKNOWN") return "this hub's system sends nothing there, as when it is on no network"; // Deno names no reason then
  return thrown instanceof Error ? thrown.message : String(thrown);
}
