/** Direct links of a page: WebRTC data channels between browsers. No server outside the venue is asked for addresses. */
import type { Channel, ChannelEvents, Described, OpenChannel } from "../../shared/peering.ts";

const LABEL = "counterpart";

/** How this browser opens channels; undefined where it has no WebRTC. */
export function browserChannels(iceServers: RTCIceServer[] = []): OpenChannel | undefined {
  if (typeof RTCPeerConnection === "undefined") return undefined;
  return (role, events) => new BrowserChannel(new RTCPeerConnection({ iceServers }), role, events);
}

class BrowserChannel implements Channel {
  readonly #connection: RTCPeerConnection;
  readonly #events: ChannelEvents;
  #data: RTCDataChannel | undefined;
  #ended = false;
  #turn: Promise<unknown> = Promise.resolve(); // descriptions are taken one after another

  constructor(connection: RTCPeerConnection, role: "offer" | "answer", events: ChannelEvents) {
    this.#connection = connection;
    this.#events = events;
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (!candidate?.candidate) return; // the last one is empty
      events.described({ kind: "candidate", candidate: candidate.candidate, mid: candidate.sdpMid ?? "" });
    });
    connection.addEventListener("connectionstatechange", () => {
      if (connection.connectionState === "failed" || connection.connectionState === "closed") this.#end();
    });
    connection.addEventListener("datachannel", ({ channel }) => this.#take(channel));
    if (role === "offer") {
      this.#take(connection.createDataChannel(LABEL));
      this.#next(() => this.#describe("offer"));
    }
  }

  accept(description: Described): void {
    this.#next(async () => {
      if (description.kind === "candidate") {
        const { candidate, mid } = description;
        return await this.#connection.addIceCandidate({ candidate, sdpMid: mid }).catch(() => {}); // one address less to try
      }
      await this.#connection.setRemoteDescription({ type: description.kind, sdp: description.sdp });
      if (description.kind === "offer") await this.#describe("answer");
    });
  }

  send(text: string): void {
    if (this.#data?.readyState !== "open") return;
    try {
      this.#data.send(text);
    } catch {
      this.#end(); // its queue is full: far beyond what is ever left in it
    }
  }

  queuedBytes(): number {
    return this.#data?.bufferedAmount ?? 0;
  }

  close(): void {
    this.#ended = true;
    this.#connection.close();
  }

  async #describe(kind: "offer" | "answer"): Promise<void> {
    await this.#connection.setLocalDescription();
    const sdp = this.#connection.localDescription?.sdp;
    if (sdp && !this.#ended) this.#events.described({ kind, sdp });
  }

  #take(data: RTCDataChannel): void {
    this.#data = data;
    data.addEventListener("message", ({ data: text }) => this.#events.received(typeof text === "string" ? text : ""));
    data.addEventListener("close", () => this.#end());
    if (data.readyState === "open") this.#events.opened();
    else data.addEventListener("open", () => this.#events.opened());
  }

  #next(task: () => Promise<unknown>): void {
    this.#turn = this.#turn.then(() => this.#ended ? undefined : task()).catch(() => this.#end());
  }

  #end(): void {
    if (this.#ended) return;
    this.close();
    this.#events.closed();
  }
}
