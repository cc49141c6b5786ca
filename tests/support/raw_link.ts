/** One end of a register's WebSocket, by hand: says exactly what a test tells it to, right or wrong, and keeps what comes back. */
import type { EnrolResponse } from "../../shared/api.ts";
import type { CheckBody } from "../../shared/check/op.ts";
import { HubMessage, WIRE_VERSION } from "../../shared/wire.ts";

const WAIT_MAX_MS = 10_000; // an answer that takes longer never comes

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export class RawLink {
  readonly #ws: WebSocket;
  readonly heard: HubMessage[] = [];
  readonly closed: Promise<Closed>;
  #look = () => {};

  private constructor(ws: WebSocket) {
    this.#ws = ws;
    this.closed = new Promise((resolve) => ws.onclose = ({ code, reason }) => resolve({ code, reason }));
    ws.onmessage = ({ data }) => {
      this.heard.push(HubMessage.parse(JSON.parse(data)));
      this.#look();
    };
  }

  /** An open socket that has said nothing yet. */
  static async open(hub: string): Promise<RawLink> {
    const ws = new WebSocket(`${hub.replace(/^http/, "ws")}/api/link`);
    const link = new RawLink(ws);
    await new Promise((ready, failed) => {
      ws.onopen = ready;
      ws.onerror = failed;
    });
    return link;
  }

  /** A session of this register, welcomed. */
  static async begin(hub: string, enrolled: EnrolResponse): Promise<RawLink> {
    const link = await RawLink.open(hub);
    link.say(helloOf(enrolled));
    await link.until(() => link.heard.some((message) => message.type === "have"));
    return link;
  }

  say(message: unknown): void {
    this.#ws.send(JSON.stringify(message));
  }

  sayRaw(frame: string | Uint8Array<ArrayBuffer>): void {
    this.#ws.send(frame);
  }

  /** How many messages of one kind have come. */
  count(type: HubMessage["type"]): number {
    return this.heard.filter((message) => message.type === type).length;
  }

  /** Resolves once `holds` does; looks at each message that comes. */
  async until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`Not so within ${WAIT_MAX_MS} ms: ${holds}`)), WAIT_MAX_MS);
      this.#look = () => {
        if (!holds()) return;
        clearTimeout(limit);
        resolve();
      };
    });
  }

  async close(code = 1000): Promise<void> {
    this.#ws.close(code);
    await this.closed;
  }
}

export function replicaOf({ registerId }: EnrolResponse): string {
  return `${registerId}-0000`;
}

export function helloOf(enrolled: EnrolResponse, parts: Record<string, unknown> = {}): Record<string, unknown> {
  const hello = { type: "hello", version: WIRE_VERSION, token: enrolled.token, replica: replicaOf(enrolled) };
  return { ...hello, app: { version: "1.0.0" }, ...parts };
}

/** A delta of one writer whose first op has seq `from`. */
export function deltaOf(replica: string, from: number, ...bodies: (CheckBody | Record<string, unknown>)[]) {
  const ops = bodies.map((body, i) => ({ at: [1_000 + from + i, 0], body }));
  return { type: "delta", runs: [{ replica, from, ops }] };
}
