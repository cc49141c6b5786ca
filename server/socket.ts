/**
 * WebSocket sessions at the edge: frames are parsed here and nowhere else, queues are bounded, and whatever is wrong with a frame ends
 * that session only, with a code and a reason.
 */
import {
  CLOSE,
  type Close,
  Hello,
  type HubMessage,
  MESSAGE_MAX_BYTES,
  parseMessage,
  RegisterMessage,
} from "../shared/wire.ts";
import { Allowance, type Rate } from "../shared/allowance.ts";
import { encodeMessage } from "../shared/packing.ts";
import type { Hub } from "./hub.ts";
import type { Session } from "./presence.ts";

/**
 * How many frames a session may send. Of 10,000 ops that were written while it was away a register sends 50 deltas, at some 30 a second; one
 * that is fed by a program while it is connected sends a frame for each op, as fast as it can write. A flood is what goes on beyond that.
 */
export const FRAME_RATE: Rate = { atOnce: 20_000, perSecond: 500 };
const DRAIN_MS = 250; // what a flood has on its way is thrown away first: behind our goodbye it would cut the reason off
const HELLO_WITHIN_MS = 5_000; // a socket that does not introduce itself is closed
const GOODBYES = [1000, 1001]; // closed on purpose; a browser whose page is left says 1001
const REASON_MAX_BYTES = 123; // what a WebSocket close frame holds

/** Serves one accepted WebSocket until it closes. `source` is the address it comes from, `steady` a clock that never jumps. */
export function serveSocket(hub: Hub, ws: WebSocket, source: string | undefined, steady: () => number): void {
  const frames = new Allowance(FRAME_RATE, steady());
  let session: Session | undefined;
  let packed = false; // until its hello says that it understands
  let isOver = false; // we say goodbye
  let draining: ReturnType<typeof setTimeout> | undefined;
  const close = (why: Close, detail = "") => {
    if (isOver || ws.readyState > WebSocket.OPEN) return;
    isOver = true;
    const { code, reason } = why;
    const goodbye = () => ws.close(code, `${reason}${detail && ": "}${detail}`.slice(0, REASON_MAX_BYTES));
    if (why === CLOSE.flood) draining = setTimeout(goodbye, DRAIN_MS);
    else goodbye();
    if (!session) return;
    hub.suspect(session, why, detail);
    hub.ended(session, false); // at once: the other side may never answer the goodbye
  };
  const socket = {
    send: (message: HubMessage) =>
      !isOver && ws.readyState === WebSocket.OPEN && ws.send(packed ? encodeMessage(message) : JSON.stringify(message)),
    close,
    queuedBytes: () => ws.bufferedAmount,
  };
  const patience = setTimeout(() => close(CLOSE.helloTimeout), HELLO_WITHIN_MS);

  ws.onmessage = ({ data }) => {
    if (isOver || ws.readyState !== WebSocket.OPEN) return; // we have said goodbye: what is still on its way is not taken
    if (!frames.take(steady()).ok) return close(CLOSE.flood);
    if (typeof data !== "string") return close(CLOSE.badMessage, "not text");
    if (data.length > MESSAGE_MAX_BYTES) return close(CLOSE.tooLarge);
    if (session) {
      const parsed = parseMessage(RegisterMessage, data);
      return parsed.ok ? hub.receive(session, parsed.message) : close(CLOSE.badMessage, parsed.why);
    }
    const parsed = parseMessage(Hello, data);
    if (!parsed.ok) return close(CLOSE.badMessage, parsed.why);
    clearTimeout(patience);
    packed = parsed.message.packed ?? false;
    const begun = hub.hello(socket, parsed.message, source);
    if ("code" in begun) return close(begun);
    session = begun;
  };
  ws.onclose = ({ wasClean, code }) => {
    clearTimeout(patience);
    clearTimeout(draining);
    if (session) hub.ended(session, wasClean && GOODBYES.includes(code));
  };
  ws.onerror = () => {}; // a close follows and says the rest
}
