import assert from "node:assert/strict";
import { parseArp, parseRoutePrint } from "./windows.ts";

const RULE = "===========================================================================";
const ENGLISH = `${RULE}
Interface List
 12...00 1a 2b 3c 4d 5e ......Intel(R) Ethernet Connection (7) I219-V
 18...........................WireGuard Tunnel
  1...........................Software Loopback Interface 1
${RULE}

IPv4 Route Table
${RULE}
Active Routes:
Network Destination        Netmask          Gateway       Interface  Metric
          0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.20     25
          0.0.0.0          0.0.0.0         On-link          10.6.0.2      5
        127.0.0.0        255.0.0.0         On-link         127.0.0.1    331
      192.168.1.0    255.255.255.0         On-link      192.168.1.20    281
${RULE}
Persistent Routes:
  Network Address          Netmask  Gateway Address  Metric
          0.0.0.0          0.0.0.0    192.168.1.254  Default 
          0.0.0.0          0.0.0.0    192.168.1.253       1
${RULE}
`;
const GERMAN = `IPv4-Routentabelle
${RULE}
Aktive Routen:
     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik
          0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.20     25
          0.0.0.0          0.0.0.0   Auf Verbindung         10.6.0.2      5
        127.0.0.0        255.0.0.0   Auf Verbindung         127.0.0.1    331
${RULE}
St\ufffdndige Routen:
  Netzwerkadresse          Netzmaske  Gatewayadresse  Metrik
          0.0.0.0          0.0.0.0    192.168.1.254  Standard
`;
const FRENCH = `IPv4 Table de routage
${RULE}
Itin\ufffdraires actifs\ufffd:
Destination r\ufffdseau    Masque r\ufffdseau  Adr. passerelle   Adr. interface M\ufffdtrique
          0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.20     25
          0.0.0.0          0.0.0.0         On-link          10.6.0.2      5
        127.0.0.0        255.0.0.0         On-link         127.0.0.1    331
${RULE}
Itin\ufffdraires persistants\ufffd:
  Aucun
`;

Deno.test("route print: routes in force, whatever the language", () => {
  for (const [language, stdout] of Object.entries({ ENGLISH, GERMAN, FRENCH })) {
    assert.deepEqual(parseRoutePrint(stdout), [
      { gateway: "192.168.1.1", device: "192.168.1.20", metric: 25 },
      { gateway: undefined, device: "10.6.0.2", metric: 5 },
    ], language);
    assert.deepEqual(parseRoutePrint(stdout.replaceAll("\n", "\r\n"))?.length, 2, language);
  }
});

Deno.test("route print: no default route, a cut-off line, and no table at all", () => {
  const none = ENGLISH.split("\n").filter((line) => !/^\s+0\.0\.0\.0/.test(line)).join("\n");
  assert.deepEqual(parseRoutePrint(none), []);
  assert.equal(parseRoutePrint(GERMAN.slice(0, GERMAN.indexOf("192.168.1.20"))), undefined);
  assert.equal(parseRoutePrint(""), undefined);
  assert.equal(parseRoutePrint("The requested operation requires elevation.\n"), undefined);
});

Deno.test("arp: machines in every language, without groups", () => {
  const table = (head: string, title: string, dynamic: string, fixed: string) => `
${head} 192.168.1.20 --- 0xc
  ${title}
  192.168.1.1           a4-2b-b0-01-02-03     ${dynamic}
  192.168.1.21          5C-E9-1E-00-00-21     ${dynamic}
  192.168.1.255         ff-ff-ff-ff-ff-ff     ${fixed}
  224.0.0.22            01-00-5e-00-00-16     ${fixed}
`;
  const outputs = [
    table("Interface:", "Internet Address      Physical Address      Type", "dynamic   ", "static    "),
    table("Schnittstelle:", "Internetadresse       Physische Adresse     Typ", "dynamisch ", "statisch  "),
    table("Interface\u00a0:", "Adresse Internet      Adresse physique      Type", "dynamique ", "statique  "),
  ];
  for (const stdout of outputs) {
    assert.deepEqual(parseArp(stdout), [
      { address: "192.168.1.1", mac: "a4:2b:b0:01:02:03", state: "remembered" },
      { address: "192.168.1.21", mac: "5c:e9:1e:00:00:21", state: "remembered" },
    ]);
  }
  assert.deepEqual(parseArp("No ARP Entries Found.\r\n"), []);
  assert.deepEqual(parseArp("  192.168.1.1           a4-2b-b0"), []);
});
