/** The browser's WebSocket to the hub, as the uplink wants it. */
import type { Socket, SocketEvents } from "../../shared/uplink.ts";

const LOST = 1006; // what a browser says of a socket that ended without a word

/** `ws` on http, `wss` on https: a page may not speak more openly than it was fetched. */
export function linkUrl({ protocol, host }: { readonly protocol: string; readonly host: string }): string {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/api/link`;
}

export function connectTo(url: string): (events: SocketEvents) => Socket {
  return (events) => {
    const socket = new WebSocket(url);
    socket.addEventListener("open", () => events.opened());
    socket.addEventListener("message", (event) => typeof event.data === "string" && events.received(event.data));
    socket.addEventListener("close", (event) => events.closed(event.code || LOST));
    return {
      send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
      close: () => socket.close(),
    };
  };
}
