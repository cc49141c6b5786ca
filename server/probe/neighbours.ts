/** Who answers on the hub's own network, by address and MAC: this tells two registers behind one repeater, or one that moved. */
import { ask, type CommandRunner, type Neighbour, type Platform } from "./platform.ts";

const NEIGHBOURS_MAX = 4_096; // a /20 full of machines

export type Neighbours =
  | { readonly kind: "known"; readonly rows: readonly Neighbour[] }
  | { readonly kind: "unknown"; readonly how: string };

export async function readNeighbours(runner: CommandRunner, platform: Platform): Promise<Neighbours> {
  const answer = await ask(runner, platform.neighbours);
  if (!answer.ok) return { kind: "unknown", how: `The neighbour table is not known: ${answer.reason}` };
  return { kind: "known", rows: answer.rows.slice(0, NEIGHBOURS_MAX) };
}

export function neighbourAt(neighbours: Neighbours, address: string): Neighbour | undefined {
  if (neighbours.kind === "unknown") return undefined;
  const plain = plainAddress(address);
  return neighbours.rows.find((row) => row.address === plain);
}

/** The MAC behind an address that messages came from, if it is on the hub's own network. */
export function macOf(neighbours: Neighbours, address: string): string | undefined {
  return neighbourAt(neighbours, address)?.mac;
}

/** A socket that takes both kinds of address writes IPv4 as `::ffff:192.168.1.2`; the tables do not. */
function plainAddress(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, "").replace(/%.*$/, "");
}
