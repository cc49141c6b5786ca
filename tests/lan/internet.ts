/**
 * The internet as far as a shop's hub asks for it, on a machine of the lab: two addresses that take connections, a name server that finds
 * every name, a page that answers 204, the time, and a place where notices arrive. `deno run -A tests/lan/internet.ts`; it prints a line of
 * JSON for "ready" and for each notice, and is told line by line on its input where the page leads.
 */
import dgram from "node:dgram";
import process from "node:process";

export const INTERNET = ["198.51.100.1", "192.0.2.1"] as const; // of owners that do not share a fault
export const NAME_SERVER = "192.0.2.53";
export const PAGES = "198.51.100.80"; // where every name leads
export const PAGE = "http://page.example.net/generate_204";
export const NOTICES = "http://notices.example.net/notices";

/** A line that it is told. */
export interface Wish {
  readonly portal: string | null; // where the page leads in place of 204
}

/** A line that it prints. */
export type News = { readonly kind: "ready" } | {
  readonly kind: "notice";
  readonly at: number;
  readonly body: unknown;
};

const EPOCH_MS = 2_208_988_800_000; // from 1900, where NTP begins, to 1970
const ANSWER = 0x8180; // an answer, as wanted, without a fault
const TYPE_A = 1;
const HEADER_BYTES = 12;

/** The answer of a name server that finds every name at one address, and no other kind of address. */
export function namesAnswer(question: Uint8Array, address: string): Uint8Array {
  let end = HEADER_BYTES;
  while (question[end] !== 0 && end < question.length) end += question[end]! + 1;
  const type = (question[end + 1]! << 8) | question[end + 2]!;
  const asked = question.slice(HEADER_BYTES, end + 5);
  const found = type === TYPE_A;
  const counts = [0, 1, 0, found ? 1 : 0, 0, 0, 0, 0];
  const answer = found
    ? [0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split(".").map(Number)]
    : [];
  return Uint8Array.from([question[0]!, question[1]!, ANSWER >> 8, ANSWER & 0xff, ...counts, ...asked, ...answer]);
}

function timeAnswer(now: number): Uint8Array {
  const bytes = new Uint8Array(48);
  const view = new DataView(bytes.buffer);
  bytes[0] = 0x24; // version 4, a server
  bytes[1] = 2; // two steps from a clock that knows
  for (const at of [32, 40]) {
    view.setUint32(at, Math.floor((now + EPOCH_MS) / 1_000));
    view.setUint32(at + 4, Math.floor((now % 1_000) / 1_000 * 2 ** 32));
  }
  return bytes;
}

function serveUdp(address: string, port: number, answer: (asked: Uint8Array) => Uint8Array): Promise<void> {
  const socket = dgram.createSocket("udp4");
  socket.on("message", (asked, from) => socket.send(answer(asked), from.port, from.address));
  return new Promise((bound) => socket.bind(port, address, bound));
}

function say(news: News): void {
  console.log(JSON.stringify(news));
}

if (import.meta.main) {
  let portal: string | null = null;
  for (const hostname of INTERNET) {
    const listener = Deno.listen({ hostname, port: 443 });
    void (async () => {
      for await (const connection of listener) connection.close();
    })();
  }
  Deno.serve({ hostname: PAGES, port: 80, onListen: () => {} }, async (request) => {
    if (request.method === "POST") {
      say({ kind: "notice", at: Date.now(), body: await request.json() });
      return new Response("ok");
    }
    return portal
      ? new Response(null, { status: 302, headers: { location: portal } })
      : new Response(null, { status: 204 });
  });
  await serveUdp(NAME_SERVER, 53, (question) => namesAnswer(question, PAGES));
  await serveUdp(INTERNET[1], 123, () => timeAnswer(Date.now()));
  say({ kind: "ready" });
  for await (const lines of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    for (const line of lines.split("\n").filter(Boolean)) portal = (JSON.parse(line) as Wish).portal;
  }
  process.exit(0);
}
