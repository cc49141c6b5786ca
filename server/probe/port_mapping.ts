/**
 * What the router says of its address outside over NAT-PMP (RFC 6886) and PCP (RFC 6887), with the result code as it was given: 3 is
 * "network failure", which a router gives that has no public address of its own. Nothing is mapped.
 */
import type { NatFact } from "../../shared/rules/network.ts";
import type { Gather } from "./udp.ts";

const PORT = 5351;
const PMP_BYTES = 12;
const PCP_BYTES = 24;
const PCP_VERSION = 2;
const ANSWER = 0x80;

export interface MappingDeps {
  readonly gather: Gather;
  readonly ms: number;
  readonly port?: number; // tests have their own
}

/** Asks for the address outside, which is all of NAT-PMP that changes nothing. */
export async function askPmp(gateway: string, { gather, ms, port = PORT }: MappingDeps): Promise<NatFact["pmp"]> {
  const isAnswer = (bytes: Uint8Array) => readPmp(bytes) !== undefined;
  const enough = ({ bytes, from }: { bytes: Uint8Array; from: string }) => from === gateway && isAnswer(bytes);
  const asked = await gather({ address: gateway, port, bytes: Uint8Array.of(0, 0), ms, enough });
  if (asked.kind === "unknown") return { how: `NAT-PMP was not asked: ${asked.why}` };
  const packet = asked.packets.find(enough);
  const read = packet && readPmp(packet.bytes);
  if (read === undefined) return { how: "The router does not answer NAT-PMP" };
  const { resultCode, externalAddress } = read;
  const said = externalAddress === undefined ? `code ${resultCode}` : `that its address outside is ${externalAddress}`;
  return { ...read, how: `The router says by NAT-PMP ${said}` };
}

/** Undefined when these bytes are no answer to a question for the address outside. */
export function readPmp(bytes: Uint8Array): { resultCode: number; externalAddress?: string } | undefined {
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== ANSWER) return undefined;
  const resultCode = bytes[2]! * 256 + bytes[3]!;
  if (resultCode !== 0) return { resultCode };
  return bytes.length < PMP_BYTES ? undefined : { resultCode, externalAddress: bytes.subarray(8, PMP_BYTES).join(".") };
}

/** An announcement asks for nothing; the answer tells whether PCP is there. */
export async function askPcp(
  gateway: string,
  own: string,
  { gather, ms, port = PORT }: MappingDeps,
): Promise<NatFact["pcp"]> {
  const bytes = new Uint8Array(PCP_BYTES);
  bytes[0] = PCP_VERSION;
  bytes.set([0xff, 0xff, ...own.split(".").map(Number)], 18); // the own address in IPv6 clothes
  const enough = (packet: { bytes: Uint8Array; from: string }) =>
    packet.from === gateway && readPcp(packet.bytes) !== undefined;
  const asked = await gather({ address: gateway, port, bytes, ms, enough });
  if (asked.kind === "unknown") return { how: `PCP was not asked: ${asked.why}` };
  const packet = asked.packets.find(enough);
  const resultCode = packet && readPcp(packet.bytes);
  if (resultCode === undefined) return { how: "The router does not answer PCP" };
  return { resultCode, how: `The router answers PCP with code ${resultCode}` };
}

/** A router that only knows NAT-PMP answers in that, with its own code for another version. */
export function readPcp(bytes: Uint8Array): number | undefined {
  if (bytes.length < 4) return undefined;
  if (bytes[0] === PCP_VERSION && bytes[1] === ANSWER) return bytes[3];
  return bytes[0] === 0 ? bytes[2]! * 256 + bytes[3]! : undefined;
}
