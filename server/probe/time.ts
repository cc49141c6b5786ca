/** How far the hub's clock is from a public one, by SNTP (RFC 4330): one packet there and back, the time on the way shared out evenly. */
import type { Target } from "./settings.ts";
import type { Gather } from "./udp.ts";

const PACKET_BYTES = 48;
const CLIENT = 0x23; // version 4, mode 3
const SERVER_MODE = 4;
const EPOCH_MS = 2_208_988_800_000; // from 1900, where NTP begins, to 1970
const UNITS_PER_SECOND = 2 ** 32;

/** The hub's clock minus the server's, in milliseconds; undefined when there was no answer worth having. */
export async function clockOffset(
  { address, port }: Target,
  { gather, ms, now }: { gather: Gather; ms: number; now: () => number },
): Promise<number | undefined> {
  const bytes = new Uint8Array(PACKET_BYTES);
  bytes[0] = CLIENT;
  const sentAt = now();
  let heardAt = sentAt;
  const enough = (packet: { bytes: Uint8Array; from: string }) => {
    heardAt = now();
    return packet.from === address && readTime(packet.bytes) !== undefined;
  };
  const asked = await gather({ address, port, bytes, ms, enough });
  const packet = asked.kind === "asked"
    ? asked.packets.find(({ from, bytes }) => from === address && readTime(bytes))
    : undefined;
  const read = packet && readTime(packet.bytes);
  return read === undefined ? undefined : Math.round((sentAt - read.receivedAt + heardAt - read.sentAt) / 2);
}

/** When a server received the question and sent its answer; undefined for anything but an answer of a server that knows the time. */
export function readTime(bytes: Uint8Array): { receivedAt: number; sentAt: number } | undefined {
  if (bytes.length < PACKET_BYTES || (bytes[0]! & 0x07) !== SERVER_MODE) return undefined;
  const stratum = bytes[1]!;
  if (stratum === 0 || stratum > 15) return undefined; // it refuses, or has no time itself
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (offset: number) =>
    view.getUint32(offset) * 1_000 + view.getUint32(offset + 4) / UNITS_PER_SECOND * 1_000 - EPOCH_MS;
  return { receivedAt: at(32), sentAt: at(40) };
}
