/**
 * Direct links outside a browser: WebRTC data channels by node-datachannel. The library reports on threads of its own; each event comes
 * later as a task of this process, so nothing here runs inside a call of ours.
 */
import type { Channel, ChannelEvents, Described, OpenChannel } from "../shared/peering.ts";
import { MESSAGE_MAX_BYTES } from "../shared/wire.ts";

const LABEL = "counterpart";

type Native = typeof import("node-datachannel").default;
type Connection = InstanceType<Native["PeerConnection"]>;
type DataChannel = ReturnType<Connection["createDataChannel"]>;

/** There is no build of it for every machine; where there is none, everything goes through the hub. */
const native: Native | undefined = await import("node-datachannel").then((module) => module.default, () => undefined);

/** Opens channels with the addresses of this machine only: no server outside the venue is asked. Undefined: not on this machine. */
export const openDirect: OpenChannel | undefined = native && ((role, events) => {
  const connection = new native.PeerConnection(LABEL, { iceServers: [], maxMessageSize: MESSAGE_MAX_BYTES });
  const channel = new NativeChannel(connection, events);
  if (role === "offer") channel.take(connection.createDataChannel(LABEL));
  else connection.onDataChannel((made) => channel.take(made));
  return channel;
});

/** Ends what the library keeps running, so that the process can end. Call once all channels are closed. */
export function endDirect(): void {
  native?.cleanup();
}

class NativeChannel implements Channel {
  readonly #connection: Connection;
  readonly #events: ChannelEvents;
  #data: DataChannel | undefined;
  #ended = false;

  constructor(connection: Connection, events: ChannelEvents) {
    this.#connection = connection;
    this.#events = events;
    connection.onLocalDescription((sdp, type) => {
      if (type === "offer" || type === "answer") events.described({ kind: type, sdp });
    });
    connection.onLocalCandidate((candidate, mid) => events.described({ kind: "candidate", candidate, mid }));
    connection.onStateChange((state) => {
      if (state === "failed" || state === "closed") this.#end();
    });
  }

  /** The data channel, ours or made by the other side. */
  take(data: DataChannel): void {
    this.#data = data;
    data.onMessage((message) => this.#events.received(typeof message === "string" ? message : ""));
    data.onClosed(() => this.#end());
    data.onOpen(() => this.#events.opened());
    if (data.isOpen()) this.#events.opened(); // said twice is heard once
  }

  accept(description: Described): void {
    this.#safely(() => {
      if (description.kind === "candidate") {
        this.#connection.addRemoteCandidate(description.candidate, description.mid);
      } else this.#connection.setRemoteDescription(description.sdp, description.kind);
    });
  }

  send(text: string): void {
    this.#safely(() => this.#data?.isOpen() && this.#data.sendMessage(text));
  }

  queuedBytes(): number {
    return this.#ended ? 0 : this.#data?.bufferedAmount() ?? 0;
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#data?.close();
    this.#connection.close();
  }

  #end(): void {
    if (this.#ended) return;
    this.close();
    this.#events.closed();
  }

  /** What the other side described may not fit, and a channel may close under a call: both end the channel. */
  #safely(call: () => void): void {
    if (this.#ended) return;
    try {
      call();
    } catch {
      this.#end();
    }
  }
}
