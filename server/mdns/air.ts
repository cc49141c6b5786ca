/** A socket for multicast DNS on one of the hub's networks, by the package `multicast-dns`, which knows the packets. */
import multicastDns from "multicast-dns";
import type { Air, AirEvents, From, Own } from "./mdns.ts";
import type { Outgoing, Packet } from "./responder.ts";

const MDNS_PORT = 5353;
const GOODBYE_MS = 200; // the longest that closing waits for the last packet to be out

/** What we use of the package, which brings no types. */
interface Socket {
  on(event: "query" | "response", heard: (packet: Packet, from: From) => void): void;
  on(event: "error" | "warning", told: (thrown: Error & { code?: string }) => void): void;
  query(packet: Packet, to: From | null, sent: () => void): void;
  respond(packet: Packet, to: From | null, sent: () => void): void;
  destroy(): void;
}

/** Opens a socket that speaks on the network of `own`. Tests choose a port of their own. */
export function openAir({ address }: Own, events: AirEvents, port = MDNS_PORT): Air {
  let complained = false; // once: whoever can make one such packet can make a million
  const safely = (work: () => void) => {
    try {
      work();
    } catch (thrown) { // anybody on the network may send anything: no packet ends the hub
      if (!complained) console.error("A multicast DNS packet could not be dealt with:", thrown);
      complained = true;
    }
  };
  const socket: Socket = multicastDns({ port, interface: address, bind: "0.0.0.0" });
  socket.on("query", (packet, from) => safely(() => events.query(packet, from)));
  socket.on("response", (packet, from) => safely(() => events.response(packet, from)));
  socket.on("warning", () => {}); // a packet that nobody can read, or a network that is just going away
  socket.on("error", (thrown) => events.failed(sayWhy(thrown, port)));
  let last = Promise.resolve();
  return {
    port,
    send({ kind, ...packet }: Outgoing, to) {
      last = new Promise((sent) =>
        safely(() => kind === "query" ? socket.query(packet, null, sent) : socket.respond(packet, to ?? null, sent))
      );
    },
    async close() {
      let timer;
      await Promise.race([last, new Promise((late) => timer = setTimeout(late, GOODBYE_MS))]);
      clearTimeout(timer);
      socket.destroy();
    },
  };
}

function sayWhy({ code, message }: Error & { code?: string }, port: number): string {
  if (code === "EADDRINUSE") return `another program on the hub keeps UDP port ${port} to itself`;
  if (code === "EACCES") return `this hub may not listen on UDP port ${port}`;
  return `UDP port ${port} cannot be had: ${message}`;
}
