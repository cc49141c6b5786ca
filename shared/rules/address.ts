/**
 * Network addresses, as far as rules compare them. The same address is written in several ways (`::ffff:192.168.1.21` is
 * `192.168.1.21`), so rules compare what an address means.
 */

export interface Address {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

const V4_BITS = 32;
const V6_BITS = 128;
const V6_GROUPS = 8;
const MAPPED_PREFIX = 0xffffn; // ::ffff:0:0/96, an IPv4 address in IPv6 clothes

/** Reads an IPv4 or IPv6 address, with or without a zone. Undefined when it is neither. */
export function parseAddress(text: string): Address | undefined {
  const plain = text.trim().replace(/%.*$/, "");
  const v4 = parseV4(plain);
  if (v4 !== undefined) return { family: 4, bits: v4 };
  const v6 = parseV6(plain);
  if (v6 === undefined) return undefined;
  return v6 >> 32n === MAPPED_PREFIX ? { family: 4, bits: v6 & 0xffff_ffffn } : { family: 6, bits: v6 };
}

/** An address as people write it: an IPv4 one never in IPv6 clothes, and no zone. */
export function plainAddress(text: string): string {
  const address = parseAddress(text);
  if (address?.family !== 4) return text.trim().replace(/%.*$/, "");
  return [24n, 16n, 8n, 0n].map((shift) => (address.bits >> shift) & 0xffn).join(".");
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.bits === b.bits;
}

/** True for 127.x.y.z and ::1: this same machine. */
export function isLoopback({ family, bits }: Address): boolean {
  return family === 4 ? bits >> 24n === 127n : bits === 1n;
}

/** True for 169.254.x.y and fe80::/10: valid on one link only, whatever the network is. */
export function isLinkLocal({ family, bits }: Address): boolean {
  return family === 4 ? bits >> 16n === 0xa9fen : bits >> 118n === 0x3fan;
}

/** True when both are of one family and share the first `prefixLength` bits. */
export function inSubnet(address: Address, subnet: Address, prefixLength: number): boolean {
  if (address.family !== subnet.family) return false;
  const width = address.family === 4 ? V4_BITS : V6_BITS;
  const shift = BigInt(width - Math.min(Math.max(prefixLength, 0), width));
  return address.bits >> shift === subnet.bits >> shift;
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const halves = withHexTail(text).split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => half === "" ? [] : half.split(":"));
  const missing = V6_GROUPS - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

/** Turns a dotted tail ("::ffff:192.168.1.21") into two groups of hex. */
function withHexTail(text: string): string {
  const at = text.lastIndexOf(":") + 1;
  const v4 = text.includes(":") ? parseV4(text.slice(at)) : undefined;
  if (v4 === undefined) return text;
  return `${text.slice(0, at)}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
}
