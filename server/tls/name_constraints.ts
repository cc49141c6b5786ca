/**
 * The authority's limits as X.509 has them (RFC 5280, 4.2.1.10): permitted names and ranges, in DER. Apple's, Google's, Mozilla's and
 * OpenSSL's verifiers keep to them for names and for addresses.
 */
import { isIP } from "node:net";

export const NAME_CONSTRAINTS_OID = "2.5.29.30";
const SEQUENCE = 0x30;
const PERMITTED = 0xa0; // [0], constructed
const DNS_NAME = 0x82; // [2]
const IP_ADDRESS = 0x87; // [7]: the base address and its mask, one after the other

export function nameConstraints(
  names: readonly string[],
  ranges: readonly (readonly [base: string, bits: number])[],
): Uint8Array<ArrayBuffer> {
  const subtrees = [
    ...names.map((name) => der(DNS_NAME, new TextEncoder().encode(name))),
    ...ranges.map(([base, bits]) => der(IP_ADDRESS, [...octets(base), ...mask(octets(base).length, bits)])),
  ];
  return Uint8Array.from(der(SEQUENCE, der(PERMITTED, subtrees.flatMap((subtree) => der(SEQUENCE, subtree)))));
}

function der(tag: number, content: ArrayLike<number>): number[] {
  return [tag, ...length(content.length), ...Array.from(content)];
}

function length(value: number): number[] {
  return value < 0x80 ? [value] : value < 0x100 ? [0x81, value] : [0x82, value >> 8, value & 0xff];
}

function mask(size: number, bits: number): number[] {
  return Array.from({ length: size }, (_, index) => {
    const set = Math.min(8, Math.max(0, bits - 8 * index));
    return (0xff << (8 - set)) & 0xff;
  });
}

/** The 4 or 16 octets of an address. */
export function octets(address: string): number[] {
  if (isIP(address) === 4) return address.split(".").map(Number);
  const [head, tail] = address.split("::").map((half) => half === "" ? [] : half.split(":"));
  const zeros = tail === undefined ? 0 : 8 - head!.length - tail.length;
  return [...head!, ...Array<string>(zeros).fill("0"), ...(tail ?? [])]
    .map((group) => parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff]);
}
