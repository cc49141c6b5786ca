/**
 * Does a name server find a name that everyone knows? Asked over UDP, once and directly, so that the router's and a public one can be
 * told apart; and the system's own way beside them, which is what programs here use.
 */
import type { Rung } from "../../shared/rules/network.ts";
import type { Gather } from "./udp.ts";

const HEADER_BYTES = 12;
const RECURSION_DESIRED = 0x01;
const TYPE_A = 1;
const CLASS_IN = 1;
const RCODES: Readonly<Record<number, string>> = {
  1: "FORMERR",
  2: "SERVFAIL",
  3: "NXDOMAIN",
  4: "NOTIMP",
  5: "REFUSED",
};

const NOT_NEEDED: Rung = { how: "Not waited for: the router's name server finds names" };

export interface NameServer {
  readonly address: string;
  readonly port: number;
  readonly called: string; // "The router's name server"
}

/** Asks one name server for one name. `id` marks the question, so that a late answer to another is not taken for one to this. */
export async function askNameServer(
  { address, port, called }: NameServer,
  { name, id, ms, gather, signal }: { name: string; id: number; ms: number; gather: Gather; signal?: AbortSignal },
): Promise<Rung> {
  const enough = ({ bytes, from }: { bytes: Uint8Array; from: string }) =>
    from === address && readDnsAnswer(bytes, id) !== undefined;
  const asked = await gather({ address, port, bytes: dnsQuestion(id, name), ms, enough, signal });
  if (asked.kind === "unknown") return { how: `${called} was not asked: ${asked.why}` };
  const packet = asked.packets.find(enough);
  const answer = packet && readDnsAnswer(packet.bytes, id);
  if (!answer && signal?.aborted) return NOT_NEEDED;
  if (!packet || !answer) return { ok: false, how: `${called} (${address}) did not answer within ${ms} ms` };
  const { rttMs } = packet;
  if (answer.rcode === 0 && answer.answers > 0) return { ok: true, rttMs, how: `${called} (${address}) finds ${name}` };
  const said = answer.rcode === 0 ? "no address" : RCODES[answer.rcode] ?? `code ${answer.rcode}`;
  return { ok: false, rttMs, how: `${called} (${address}) answers, but does not find ${name}: ${said}` };
}

/** The system's own resolver, whichever name servers it asks. */
export async function askSystem(
  resolve: (name: string, signal: AbortSignal) => Promise<readonly string[]>,
  name: string,
  ms: number,
  signal?: AbortSignal,
): Promise<Rung> {
  try {
    const found = await resolve(name, AbortSignal.any([AbortSignal.timeout(ms), ...signal ? [signal] : []]));
    if (found.length > 0) return { ok: true, how: `This hub's own system finds ${name}` };
    return { ok: false, how: `This hub's own system does not find ${name}` };
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotCapable) {
      return { how: "The system was not asked: no leave to use the network" };
    }
    if (signal?.aborted) return NOT_NEEDED;
    return { ok: false, how: `This hub's own system does not find ${name}` };
  }
}

/** A question for the IPv4 address of `name`. */
export function dnsQuestion(id: number, name: string): Uint8Array {
  const labels = name.split(".").flatMap((label) => [label.length, ...new TextEncoder().encode(label)]);
  return Uint8Array.from([
    ...[id >> 8, id & 0xff, RECURSION_DESIRED, 0, 0, 1, 0, 0, 0, 0, 0, 0],
    ...labels,
    ...[0, 0, TYPE_A, 0, CLASS_IN],
  ]);
}

/** Undefined when this is no answer to the question `id`. */
export function readDnsAnswer(bytes: Uint8Array, id: number): { rcode: number; answers: number } | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isAnswer = (view.getUint8(2) & 0x80) !== 0;
  if (view.getUint16(0) !== id || !isAnswer) return undefined;
  return { rcode: view.getUint8(3) & 0x0f, answers: view.getUint16(6) };
}
