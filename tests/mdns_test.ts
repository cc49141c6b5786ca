/**
 * Multicast DNS with real packets: two hub processes on one machine over loopback, which a plain client of the library sees too, and two
 * on hosts of a network of their own.
 */
import assert from "node:assert/strict";
import multicastDns from "multicast-dns";
import type { Packet } from "../server/mdns/responder.ts";
import { Lan, NO_LAN } from "./lan/network.ts";
import { eventually } from "./support/eventually.ts";
import { Manager } from "./support/hub_client.ts";
import { startHub } from "./support/hub_process.ts";
import { unless } from "./support/skip.ts";

const ON_LOOPBACK = ["--host", "127.0.0.1", "--mdns", "on"];
const HEARD_WITHIN_MS = 20_000;
const SECOND = "<b>Bar</b> Lola";

/** A plain client on loopback: every response it has heard since it began. */
function listen() {
  const heard: Packet[] = [];
  const socket = multicastDns({ interface: "127.0.0.1", bind: "0.0.0.0" });
  socket.on("response", (packet: Packet) => heard.push(packet));
  const records = () => heard.flatMap(({ answers = [] }) => answers);
  return { records, ask: (name: string, type: string) => socket.query(name, type), close: () => socket.destroy() };
}

Deno.test("[MDN1, MDN4, MDN5, MDN8] two hubs of one venue on one machine find each other; a plain client finds both", async () => {
  const client = listen();
  try {
    await using silent = await startHub({ args: ["--host", "127.0.0.1", "--mdns", "off"] });
    await using first = await startHub({ args: ON_LOOPBACK });
    await using second = await startHub({ args: ON_LOOPBACK });
    const [manager, other] = [await Manager.setUp(first, SECOND), await Manager.setUp(second, SECOND)];
    for (const each of [manager, other]) {
      const { findings, hub } = await eventually(() => each.view(), (view) => view.findings.length > 0);
      const found = findings.find(({ code }) => code === "second-hub");
      assert.deepEqual(
        [found?.subject, found?.severity, found?.strength],
        ["hub", "fail", "A"],
        JSON.stringify(findings),
      );
      assert.match(found?.text ?? "", /“<b>Bar<\/b> Lola” is running at 127\.0\.0\.1\./);
      assert.ok(hub.urls.includes(`http://counterpart.local:${new URL(each.url).port}`), hub.urls.join());
    }
    assert.match(first.output(), new RegExp(`Open http://counterpart\\.local:${first.port} as well`));

    client.ask("_counterpart._tcp.local", "PTR");
    const told = await eventually(
      () => Promise.resolve(client.records().filter(({ type }) => type === "TXT").map(({ data }) => String(data))),
      (texts) => [first, second].every(({ port }) => texts.some((text) => text.includes(`http=${port}`))),
    );
    const own = told.findLast((text) => text.includes(`http=${first.port}`)) ?? "";
    assert.match(own, /venue=<b>Bar<\/b> Lola/);
    assert.match(own, /,id=\w+,boot=\w+,version=[\d.]+,http=\d+,https=\d+$/);

    assert.ok(!told.some((text) => text.includes(`http=${silent.port}`)), "[MDN8] it was told to say nothing");

    await second.stop();
    const goodbyes = await eventually(
      () => Promise.resolve(client.records().filter(({ ttl }) => ttl === 0).map(({ data }) => String(data))),
      (texts) => texts.some((text) => text.includes(`http=${second.port}`)),
    );
    assert.ok(goodbyes.some((text) => text.includes(`http=${second.port}`)), "it takes back what it said");
  } finally {
    client.close();
  }
});

Deno.test(
  unless(NO_LAN, "[MDN2, MDN4] of two hubs on one network each has a name, and prints it", async () => {
    const lan = await Lan.create();
    const children: Deno.ChildProcess[] = [];
    const folders: string[] = [];
    try {
      const said: string[] = [];
      for (const label of ["one", "two"]) {
        const data = await Deno.makeTempDir();
        folders.push(data);
        const args = ["run", "-A", "server/start.ts", "--port", "8787", "--data", data];
        const child = lan.spawn(await lan.host(label), Deno.execPath(), args);
        children.push(child);
        said.push(await untilNamed(child));
      }
      assert.deepEqual(said, ["http://counterpart.local:8787", "http://counterpart-2.local:8787"]);
    } finally {
      for (const child of children) {
        child.kill("SIGTERM");
        await child.stdin.close();
        await child.status;
      }
      await lan.remove();
      for (const data of folders) await Deno.remove(data, { recursive: true });
    }
  }),
);

/** The name that a hub prints once it is its own. What it prints later is read away, so that it never waits. */
async function untilNamed(child: Deno.ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const late = setTimeout(() => reject(new Error(`No name within ${HEARD_WITHIN_MS} ms:\n${text}`)), HEARD_WITHIN_MS);
  let text = "";
  child.stdout.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({
      write(chunk) {
        text += chunk;
        const name = /Open (http:\S+) as well/.exec(text)?.[1];
        if (name) resolve(name);
      },
    }),
  ).catch(() => {});
  try {
    return await promise;
  } finally {
    clearTimeout(late);
  }
}
