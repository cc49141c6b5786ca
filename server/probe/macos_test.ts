import assert from "node:assert/strict";
import { parseArp, parseNetstat, parseRouteGet } from "./macos.ts";

const NETSTAT = `Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            192.168.1.1        UGScg                 en0       
default            link#22            UCSIg           bridge100      !
default            10.8.0.1           UGScIg              utun3       
127                127.0.0.1          UCS                   lo0       
127.0.0.1          127.0.0.1          UH                    lo0       
192.168.1          link#6             UCS                   en0      !
192.168.1.1/32     link#6             UCS                   en0      !
192.168.1.1        a4:2b:b0:1:2:3     UHLWIir               en0   1178
224.0.0/4          link#6             UmCS                  en0      !
`;

Deno.test("netstat: every default route, the one that is bound to an interface after the one that is not", () => {
  assert.deepEqual(parseNetstat(NETSTAT), [
    { gateway: "192.168.1.1", device: "en0", metric: 0 },
    { gateway: undefined, device: "bridge100", metric: 1 },
    { gateway: "10.8.0.1", device: "utun3", metric: 1 },
  ]);
});

Deno.test("netstat: no default route, a cut-off line, and no table at all", () => {
  assert.deepEqual(parseNetstat(NETSTAT.split("\n").filter((line) => !line.startsWith("default")).join("\n")), []);
  assert.deepEqual(parseNetstat(NETSTAT.slice(0, NETSTAT.indexOf("UGScg"))), []);
  assert.equal(parseNetstat(""), undefined);
  assert.equal(parseNetstat("netstat: sysctl: net.route.0.0.dump: Operation not permitted\n"), undefined);
});

Deno.test("route get: the route in use, with and without a gateway", () => {
  const stdout = `   route to: default
destination: default
       mask: default
    gateway: 192.168.1.1
  interface: en0
      flags: <UP,GATEWAY,DONE,STATIC,PRCLONING,GLOBAL>
 recvpipe  sendpipe  ssthresh  rtt,msec    rttvar  hopcount      mtu     expire
       0         0         0         0         0         0      1500         0 
`;
  assert.deepEqual(parseRouteGet(stdout), [{ gateway: "192.168.1.1", device: "en0", metric: 0 }]);
  const tunnel = stdout.replace("    gateway: 192.168.1.1\n", "").replace("en0", "utun3");
  assert.deepEqual(parseRouteGet(tunnel), [{ gateway: undefined, device: "utun3", metric: 0 }]);
  assert.equal(parseRouteGet("route: writing to routing socket: not in table\n"), undefined);
  assert.equal(parseRouteGet(""), undefined);
});

Deno.test("arp: short MACs are filled up, groups and odd lines left out", () => {
  const stdout = `? (192.168.1.1) at a4:2b:b0:1:2:3 on en0 ifscope [ethernet]
? (192.168.1.30) at (incomplete) on en0 ifscope [ethernet]
bar-ipad.lan (192.168.1.21) at 5c:e9:1e:0:0:21 on en0 ifscope [ethernet]
? (192.168.1.255) at ff:ff:ff:ff:ff:ff on en0 ifscope [ethernet]
? (224.0.0.251) at 1:0:5e:0:0:fb on en0 ifscope permanent [ethernet]
? (192.168.1.40) at 5c:e9:1e:0`;
  assert.deepEqual(parseArp(stdout), [
    { address: "192.168.1.1", mac: "a4:2b:b0:01:02:03", state: "remembered" },
    { address: "192.168.1.30", state: "asking" },
    { address: "192.168.1.21", mac: "5c:e9:1e:00:00:21", state: "remembered" },
  ]);
  assert.deepEqual(parseArp(""), []);
});
