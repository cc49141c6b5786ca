import assert from "node:assert/strict";
import dgram from "node:dgram";
import { askIgd, locationIn, serviceIn } from "./igd.ts";
import { gatherUdp } from "./udp.ts";

const HERE = "127.0.0.1";
const WAN = "urn:schemas-upnp-org:service:WANIPConnection:1";
const DESCRIPTION = `<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device><serviceList>
  <service><serviceType>urn:schemas-upnp-org:service:Layer3Forwarding:1</serviceType><controlURL>/l3f</controlURL></service>
  <service><serviceType>${WAN}</serviceType><serviceId>x</serviceId><controlURL>/ctl/IPConn</controlURL></service>
</serviceList></device></root>`;
const envelope = (body: string) => `<s:Envelope xmlns:s="x"><s:Body>${body}</s:Body></s:Envelope>`;
const external = (address: string) =>
  envelope(
    `<u:GetExternalIPAddressResponse><NewExternalIPAddress>${address}</NewExternalIPAddress></u:GetExternalIPAddressResponse>`,
  );
const CONNECTED = envelope("<NewConnectionStatus>Connected</NewConnectionStatus>");
const FAULT = envelope("<s:Fault><detail><UPnPError><errorCode>501</errorCode></UPnPError></detail></s:Fault>");

/** A router on loopback: it answers a search, describes itself, and answers what it is asked. */
async function withIgd<T>(
  { address, description = DESCRIPTION, location }: { address: string; description?: string; location?: string },
  use: (ssdp: { address: string; port: number }, calls: string[]) => Promise<T>,
): Promise<T> {
  const calls: string[] = [];
  const http = Deno.serve({ hostname: HERE, port: 0, onListen: () => {} }, async (request) => {
    if (request.method === "GET") return new Response(description);
    const action = /#(\w+)"/.exec(request.headers.get("soapaction") ?? "")?.[1] ?? "";
    calls.push(action);
    assert.ok((await request.text()).includes(`<u:${action} xmlns:u="${WAN}"/>`));
    return new Response(action === "GetStatusInfo" ? CONNECTED : address, { status: address === FAULT ? 500 : 200 });
  });
  const socket = dgram.createSocket("udp4");
  socket.on("message", (message, sender) => {
    assert.match(
      message.toString(),
      /^M-SEARCH \* HTTP\/1\.1\r\nHOST: .*\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: urn:/,
    );
    const at = location ?? `http://${HERE}:${http.addr.port}/root.xml`;
    socket.send(`HTTP/1.1 200 OK\r\nST: x\r\nLocation: ${at}\r\n\r\n`, sender.port, sender.address);
  });
  await new Promise<void>((done) => socket.bind(0, HERE, () => done()));
  try {
    return await use({ address: HERE, port: socket.address().port }, calls);
  } finally {
    await new Promise<void>((done) => socket.close(() => done()));
    await http.shutdown();
  }
}

const LIMITS = { ssdp: 5_000, soap: 5_000 };
const ask = (ssdp: { address: string; port: number }, limits = LIMITS) =>
  askIgd(HERE, { gather: gatherUdp, fetch: (url, init) => fetch(url, init), limits, ssdp });

for (
  const [what, answer, expected] of [
    ["its address outside", external("203.0.113.7"), { externalAddress: "203.0.113.7", fault: undefined }],
    ["a private one, as behind a second router", external("192.168.100.2"), {
      externalAddress: "192.168.100.2",
      fault: undefined,
    }],
    ["an empty one, as miniupnpd does there", external(""), { externalAddress: "", fault: undefined }],
    ["a fault with its code", FAULT, { externalAddress: undefined, fault: 501 }],
    ["something odd", "<html>hello", { externalAddress: undefined, fault: undefined }],
  ] as const
) {
  Deno.test(`[PRB12] a fake router tells by UPnP ${what}`, async () => {
    const { how, ...read } = await withIgd({ address: answer }, async (ssdp, calls) => {
      const igd = await ask(ssdp);
      assert.deepEqual(calls.toSorted(), ["GetExternalIPAddress", "GetStatusInfo"]);
      return igd;
    });
    assert.deepEqual(read, { status: "Connected", ...expected });
    assert.match(how, /UPnP/);
  });
}

Deno.test("[PRB11] a router that sends the hub to another machine is not followed", async () => {
  const elsewhere = `http://localhost:1/root.xml`;
  const igd = await withIgd({ address: FAULT, location: elsewhere }, (ssdp) => ask(ssdp, { ...LIMITS, ssdp: 60 }));
  assert.deepEqual(igd, { how: "The router does not answer UPnP" });
  const bytes = (location: string) => new TextEncoder().encode(`HTTP/1.1 200 OK\r\nLOCATION: ${location}\r\n`);
  assert.equal(locationIn(bytes("http://192.168.1.1:5000/x"), "192.168.1.1"), "http://192.168.1.1:5000/x");
  for (const bad of ["http://192.168.1.2/x", "https://192.168.1.1/x", "file:///etc/passwd", "x", ""]) {
    assert.equal(locationIn(bytes(bad), "192.168.1.1"), undefined, bad);
  }
  const away = DESCRIPTION.replace("/ctl/IPConn", "http://evil.example/ctl");
  assert.equal(serviceIn(away, "http://192.168.1.1:5000/x"), undefined);
  assert.equal(serviceIn(DESCRIPTION, "http://192.168.1.1:5000/x")?.url, "http://192.168.1.1:5000/ctl/IPConn");
});

Deno.test("[PRB3] [PRB11] a description that is cut off, huge or of something else names no service", async () => {
  for (const odd of ["", DESCRIPTION.slice(0, 250), "<service>".repeat(20_000)]) {
    assert.equal(serviceIn(odd, "http://192.168.1.1/x"), undefined);
  }
  const huge = await withIgd({ address: FAULT, description: "x".repeat(70_000) }, (ssdp) => ask(ssdp));
  assert.match(huge.how, /was not read: it sent over 65536 bytes/);
});
