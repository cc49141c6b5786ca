import assert from "node:assert/strict";
import type { Pair } from "./pair.ts";
import { SecureServer } from "./secure_server.ts";

const DAY_MS = 24 * 60 * 60_000;

async function withServer(
  work: (
    world: {
      server: SecureServer;
      hub: { addresses: string[]; now: number; fails: boolean };
      shown: Pair[];
      ports: number[];
      closed: () => number;
    },
  ) => Promise<void>,
): Promise<void> {
  const folder = Deno.makeTempDirSync({ prefix: "counterpart-secure-" });
  const hub = { addresses: ["192.168.1.10", "8.8.8.8"], now: Date.parse("2026-11-23T18:00:00.000Z"), fails: false };
  const shown: Pair[] = [];
  const ports: number[] = [];
  let closed = 0;
  try {
    const server = await SecureServer.open({
      folder,
      port: 0,
      addresses: () => hub.addresses,
      listen: (pair, port) => {
        if (hub.fails) throw new Error("The port is taken");
        shown.push(pair);
        ports.push(port);
        return {
          port: 8788,
          close: () => {
            closed++;
            return Promise.resolve();
          },
        };
      },
      now: () => hub.now,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    });
    await work({ server, hub, shown, ports, closed: () => closed });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("[TLS3] an address that is added, and a year that goes by, each bring a new certificate on the same port", () =>
  withServer(async ({ server, hub, shown, ports, closed }) => {
    assert.equal(await server.renew(), "current");
    hub.addresses = ["192.168.1.77"];
    assert.equal(await server.renew(), "renewed");
    hub.now += 370 * DAY_MS;
    assert.equal(await server.renew(), "renewed");
    assert.equal(await server.renew(), "current");
    assert.deepEqual([new Set(shown).size, ports, closed()], [3, [0, 8788, 8788], 2]);
  }));

Deno.test("[TLS3] a listener that could not be opened again is tried again", () =>
  withServer(async ({ server, hub, shown }) => {
    hub.addresses = ["192.168.1.77"];
    hub.fails = true;
    await assert.rejects(server.renew());
    hub.fails = false;
    assert.equal(await server.renew(), "renewed");
    assert.equal(shown.length, 2);
  }));

Deno.test("[TLS4] a browser is led to the https address under the name it used, or else to the best there is", () =>
  withServer(({ server, hub }) => {
    hub.addresses = ["192.168.1.10", "fd12:3::4", "9.9.9.9"];
    assert.deepEqual(server.urls(), ["https://192.168.1.10:8788", "https://[fd12:3::4]:8788"]);
    assert.equal(server.urlFor("192.168.1.10"), "https://192.168.1.10:8788");
    assert.equal(server.urlFor("[fd12:3::4]"), "https://[fd12:3::4]:8788");
    assert.equal(server.urlFor("localhost"), "https://localhost:8788");
    assert.equal(server.urlFor("shop.lan"), "https://192.168.1.10:8788");
    hub.addresses = [];
    assert.equal(server.urlFor("shop.lan"), undefined);
    return Promise.resolve();
  }));
