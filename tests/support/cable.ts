/**
 * A network cable between a browser and a hub: bytes go through until it is cut, and then either the sockets die with a bang, or they stay
 * open and nothing comes any more, which is what a tablet that slept finds.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

export interface Cable {
  readonly port: number;
  /** `reset`: every socket ends now, and new ones are refused at once. `silent`: all stay open, and no byte passes. */
  cut(how: "reset" | "silent"): void;
  mend(): void; // for new sockets: what was cut stays cut
  stop(): Promise<void>;
}

type Pair = readonly [Socket, Socket];

export async function layCable(to: number): Promise<Cable> {
  const pairs = new Set<Pair>();
  const nears = new Set<Socket>(); // also those that lead nowhere
  let state: "whole" | "reset" | "silent" = "whole";
  const server: Server = createServer((near) => {
    nears.add(near);
    near.on("error", () => {}).on("close", () => nears.delete(near)); // a browser hangs up as it likes
    if (state === "reset") return void near.resetAndDestroy();
    if (state === "silent") return void near.pause();
    const far = connect(to, "127.0.0.1");
    const pair: Pair = [near, far];
    pairs.add(pair);
    for (const [from, into] of [pair, [far, near] as const]) {
      from.on("data", (bytes) => void into.write(bytes));
      from.on("error", () => {});
      from.on("close", () => {
        pairs.delete(pair);
        into.destroy();
      });
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    port: (server.address() as AddressInfo).port,
    cut(how) {
      state = how;
      for (const pair of pairs) {
        for (const socket of pair) {
          if (how === "reset") socket.destroy();
          else socket.removeAllListeners("data").on("data", () => {});
        }
      }
    },
    mend: () => void (state = "whole"),
    stop: () => {
      for (const socket of [...nears, ...[...pairs].flat()]) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
