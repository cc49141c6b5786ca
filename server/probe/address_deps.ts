/** What asking a register's address needs, from the machine the hub runs on. */
import type { AddressDeps } from "./address.ts";
import { platformOf } from "./machine.ts";
import { readNeighbours } from "./neighbours.ts";
import { ping } from "./ping.ts";
import { runCommand } from "./shell.ts";
import { connectTcp } from "./tcp.ts";

export function realAddressDeps(): AddressDeps {
  const platform = platformOf(Deno.build.os);
  return {
    connect: connectTcp,
    ping: (address) => ping(runCommand, platform, address),
    neighbours: () => readNeighbours(runCommand, platform),
  };
}
