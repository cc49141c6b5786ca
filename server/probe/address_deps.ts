/** What asking a register's address needs, from the machine the hub runs on. */
import type { AddressDeps } from "./address.ts";
import { readNeighbours } from "./neighbours.ts";
import { ping } from "./ping.ts";
import { realRoundDeps } from "./round.ts";

export function realAddressDeps(): AddressDeps {
  const { runner, platform, connect } = realRoundDeps();
  return {
    connect,
    ping: (address) => ping(runner, platform, address),
    neighbours: () => readNeighbours(runner, platform),
  };
}
