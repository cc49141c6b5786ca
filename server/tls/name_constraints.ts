/**
 * The authority's limits as X.509 has them (RFC 5280, 4.2.1.10): permitted names and ranges, in DER. Apple's, Google's, Mozilla's and
 * OpenSSL's verifiers keep to them for names and for addresses.
 */
import { isIP } from "node:net";

export const NAME_CONSTRAINTS_OID = "2.5.29.30";
const OID_DER = [0x06, 0x03, 0x55, 0x1d, 0x1e];
const SEQUENCE = 0x30;
const PERMITTED = 0xa0; // [0], constructed
const DNS_NAME = 0x82; // [2]
const IP_ADDRESS = 0x87; // [7]: the base address and its mask, one after the other
const CRITICAL_BYTES = 3; // BOOLEAN true, between the id and the content

export type Range = readonly [base: string, bits: number];

export function nameConstraints(names: readonly string[], ranges: readonly Range[]): Uint8Array<ArrayBuffer> {
  const subtrees = [
    ...names.map((name) => der(DNS_NAME, new TextEncoder().encode(name))),
    ...ranges.map(([base, bits]) => der(IP_ADDRESS, [...octets(base), ...mask(octets(base).length, bits)])),
  ];
  return Uint8Array.from(der(SEQUENCE, der(PERMITTED, subtrees.flatMap((subtree) => der(SEQUENCE, subtree)))));
}

/** Whether the authority with this certificate may vouch for an address. One without limits, which is not ours, may for all. */
export function permitsAddress(certificate: Uint8Array, address: string): boolean {
  if (isIP(address) === 0) return false;
  const at = indexOf(certificate, OID_DER);
  if (at < 0) return true;
  const octetString = read(certificate, at + OID_DER.length + CRITICAL_BYTES);
  const permitted = read(read(octetString.content, 0).content, 0);
  const wanted = octets(address);
  return all(permitted.content).map(({ content }) => read(content, 0)).some(({ tag, content }) =>
    tag === IP_ADDRESS && content.length === 2 * wanted.length &&
    wanted.every((octet, index) => ((octet ^ content[index]!) & content[wanted.length + index]!) === 0)
  );
}

interface Value {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly end: number;
}

function read(bytes: Uint8Array, at: number): Value {
  const first = bytes[at + 1]!;
  const more = first < 0x80 ? 0 : first & 0x7f; // bytes that the length takes beyond the first
  const start = at + 2 + more;
  const length = more === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { tag: bytes[at]!, content: bytes.subarray(start, start + length), end: start + length };
}

function all(bytes: Uint8Array): Value[] {
  const values: Value[] = [];
  for (let at = 0; at < bytes.length; at = values.at(-1)!.end) values.push(read(bytes, at));
  return values;
}

function indexOf(bytes: Uint8Array, wanted: readonly number[]): number {
  return bytes.findIndex((_, at) => wanted.every((byte, offset) => bytes[at + offset] === byte));
}

function der(tag: number, content: ArrayLike<number>): number[] {
  return [tag, ...lengthOf(content.length), ...Array.from(content)];
}

function lengthOf(value: number): number[] {
  return value < 0x80 ? [value] : value < 0x100 ? [0x81, value] : [0x82, value >> 8, value & 0xff];
}

function mask(size: number, bits: number): number[] {
  return Array.from({ length: size }, (_, index) => {
    const set = Math.min(8, Math.max(0, bits - 8 * index));
    return (0xff << (8 - set)) & 0xff;
  });
}

/** The 4 or 16 octets of an address. */
function octets(address: string): number[] {
  if (isIP(address) === 4) return address.split(".").map(Number);
  const [head, tail] = address.split("::").map((half) => half === "" ? [] : half.split(":"));
  const zeros = tail === undefined ? 0 : 8 - head!.length - tail.length;
  return [...head!, ...Array<string>(zeros).fill("0"), ...(tail ?? [])]
    .map((group) => parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff]);
}
