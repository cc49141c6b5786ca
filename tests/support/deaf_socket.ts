/** A WebSocket over bare TCP that never answers a goodbye, as a tablet that was switched off, and that can say goodbye as a browser does. */
import { connect } from "node:net";

const TEXT = 0x81; // a whole text frame
const CLOSE = 0x88;
const MASKED = 0x80;
const MASK = [1, 2, 3, 4]; // what a client's frames are masked with; any four bytes do

export interface DeafSocket {
  say(text: string): Promise<void>;
  sayGoodbye(code: number): Promise<void>;
  /** Resolves once these words have come in. */
  until(words: string): Promise<void>;
  readonly ended: Promise<void>; // the other side has hung up
  close(): void;
}

export async function openDeafSocket(hub: string): Promise<DeafSocket> {
  const { hostname, port, host } = new URL(hub);
  const socket = connect(Number(port), hostname);
  let heard = "";
  let look = () => {};
  socket.on("data", (bytes) => {
    heard += bytes.toString("latin1");
    look();
  });
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const until = (words: string) =>
    new Promise<void>((resolve) => {
      look = () => heard.includes(words) && resolve();
      look();
    });
  const send = (bytes: Uint8Array) => new Promise<void>((done) => socket.write(bytes, () => done()));
  await send(new TextEncoder().encode(
    `GET /api/link HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  ));
  await until("101 Switching Protocols");
  return {
    say: (text) => send(frame(TEXT, new TextEncoder().encode(text))),
    sayGoodbye: (code) => send(frame(CLOSE, Uint8Array.of(code >> 8, code & 255))),
    until,
    ended,
    close: () => socket.destroy(),
  };
}

function frame(kind: number, payload: Uint8Array): Uint8Array {
  const { length } = payload;
  const size = length < 126 ? [MASKED | length] : [MASKED | 126, length >> 8, length & 255];
  return Uint8Array.from([kind, ...size, ...MASK, ...payload.map((byte, i) => byte ^ MASK[i % MASK.length]!)]);
}
