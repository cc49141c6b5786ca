import assert from "node:assert/strict";
import { probeSecondHop, readHopTrace } from "./hop.ts";
import { LINUX } from "./linux.ts";
import { MACOS } from "./macos.ts";
import type { CommandResult, Platform } from "./platform.ts";
import { WINDOWS } from "./windows.ts";

const TARGET = "1.1.1.1";
const NEAR = ["192.168.1.1", "192.168.1.20"]; // the router and the hub
const MISSING: CommandResult = { ok: false, why: "missing", reason: "traceroute is not installed on this hub" };

const ended = (code: number, stdout: string): CommandResult =>
  code === 0
    ? { ok: true, stdout }
    : { ok: false, why: "exit", reason: `ping ended with code ${code}`, exitCode: code, stdout };

function hop(platform: Platform, ping: CommandResult, trace: CommandResult = MISSING) {
  const runner = (command: string) => Promise.resolve(command === "ping" ? ping : trace);
  return probeSecondHop(TARGET, { runner, platform, near: NEAR });
}

const LINUX_HEAD = "PING 1.1.1.1 (1.1.1.1) 56(84) bytes of data.\n";
const LINUX_TAIL =
  "\n--- 1.1.1.1 ping statistics ---\n1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n\n";
const MACOS_HEAD = "PING 1.1.1.1 (1.1.1.1): 56 data bytes\n";
const MACOS_EXCEEDED = `${MACOS_HEAD}92 bytes from 192.168.100.1: Time to live exceeded
Vr HL TOS  Len   ID Flg  off TTL Pro  cks      Src      Dst
 4  5  00 5400 2fa1   0 0000  01  01 86e4 192.168.1.20  1.1.1.1 

--- 1.1.1.1 ping statistics ---
1 packets transmitted, 0 packets received, 100.0% packet loss
`;
const windows = (head: string, line: string) => `\r\n${head}\r\n${line}\r\n\r\n1.1.1.1:\r\n    1, 1, 0 (0% )\r\n`;

const ANSWERED: readonly (readonly [string, Platform, CommandResult])[] = [
  ["Linux", LINUX, ended(1, `${LINUX_HEAD}From 192.168.100.1 icmp_seq=1 Time to live exceeded\n${LINUX_TAIL}`)],
  ["Linux in German", LINUX, ended(1, `${LINUX_HEAD}Von 192.168.100.1 icmp_seq=1 Lebenszeit überschritten\n`)],
  ["macOS", MACOS, ended(2, MACOS_EXCEEDED)],
  [
    "Windows",
    WINDOWS,
    ended(0, windows("Pinging 1.1.1.1 with 32 bytes of data:", "Reply from 192.168.100.1: TTL expired in transit.")),
  ],
  [
    "Windows in German",
    WINDOWS,
    ended(
      0,
      windows(
        "Ping wird ausgef�hrt f�r 1.1.1.1 mit 32 Bytes Daten:",
        "Antwort von 192.168.100.1: Die G�ltigkeitsdauer wurde bei der �bertragung �berschritten.",
      ),
    ),
  ],
  [
    "Windows in French",
    WINDOWS,
    ended(
      0,
      windows(
        "Envoi d'une requ�te 'Ping'  1.1.1.1 avec 32 octets de donn�es :",
        "R�ponse de 192.168.100.1 : Dur�e de vie TTL expir�e lors du transit.",
      ),
    ),
  ],
];

for (const [system, platform, printed] of ANSWERED) {
  Deno.test(`[PRB6] [PRB3] ${system}: who answers behind the router`, async () => {
    const rung = await hop(platform, printed);
    assert.deepEqual([rung.ok, rung.address], [true, "192.168.100.1"]);
    assert.equal(rung.how, "Behind the router 192.168.100.1 answers");
  });
}

const SILENT: readonly (readonly [string, Platform, CommandResult])[] = [
  ["nothing came back", LINUX, ended(1, LINUX_HEAD + LINUX_TAIL)],
  [
    "the router says so itself",
    LINUX,
    ended(1, `${LINUX_HEAD}From 192.168.1.1 icmp_seq=1 Destination Net Unreachable\n`),
  ],
  ["macOS: nothing came back", MACOS, ended(2, `${MACOS_HEAD}\n--- 1.1.1.1 ping statistics ---\n`)],
  [
    "Windows: the hub's own system says so",
    WINDOWS,
    ended(0, windows("Ping wird ausgeführt für 1.1.1.1:", "Antwort von 192.168.1.20: Zielhost nicht erreichbar.")),
  ],
  [
    "Windows: time is up",
    WINDOWS,
    ended(1, windows("Envoi d'une requête 'Ping'  1.1.1.1 :", "Délai d'attente de la demande dépassé.")),
  ],
  ["the command hung", LINUX, { ok: false, why: "too-slow", reason: "ping had not finished after 1500 ms" }],
];

for (const [what, platform, printed] of SILENT) {
  Deno.test(`[PRB6] nothing behind the router: ${what}`, async () => {
    const rung = await hop(platform, printed);
    assert.equal(rung.ok, false);
    assert.equal(rung.address, undefined);
  });
}

Deno.test("[PRB6] a target as near as the second hop is the one that answers", async () => {
  const printed = `${LINUX_HEAD}64 bytes from 1.1.1.1: icmp_seq=1 ttl=63 time=0.7 ms\n`;
  assert.equal((await hop(LINUX, ended(0, printed))).address, TARGET);
});

Deno.test("[PRB2] a ping that does not tell who answered leaves it to traceroute, and without that it is not known", async () => {
  const busybox = ended(1, "PING 1.1.1.1 (1.1.1.1): 56 data bytes\n\n--- 1.1.1.1 ping statistics ---\n");
  const trace = ended(0, "traceroute to 1.1.1.1 (1.1.1.1), 2 hops max\n 2  192.168.100.1  1.234 ms\n");
  assert.deepEqual((await hop(LINUX, busybox, trace)).address, "192.168.100.1");
  assert.equal((await hop(LINUX, busybox)).ok, undefined);
  const missing: CommandResult = { ok: false, why: "missing", reason: "ping is not installed on this hub" };
  assert.equal((await hop(LINUX, missing, trace)).ok, true);
  assert.deepEqual(await hop(WINDOWS, missing), {
    how: "Behind the router was not measured: ping is not installed on this hub",
  });
});

Deno.test("[PRB3] a traceroute tells the second hop, or that it is silent, or nothing", () => {
  assert.deepEqual(readHopTrace(" 2  10.0.0.1  1.234 ms\n"), { kind: "answered", address: "10.0.0.1", rttMs: 1.234 });
  assert.deepEqual(readHopTrace("traceroute to 1.1.1.1\n 2  *\n"), { kind: "silent" });
  assert.equal(readHopTrace(""), undefined);
  assert.equal(readHopTrace("traceroute to 1.1.1.1 (1.1.1.1), 2 hops max, 60 byte pac"), undefined);
});

Deno.test("[PRB3] what is empty, cut off or hostile is nobody's answer and never throws", async () => {
  const odd = ["", "\0\0\0", "PING", "From 1.2.3", "Reply from 999.1.1.1", "9".repeat(100_000), "From ".repeat(50_000)];
  for (const text of odd) {
    for (const platform of [LINUX, MACOS, WINDOWS]) {
      const rung = await hop(platform, ended(1, text));
      assert.equal(rung.ok === true, false, text.slice(0, 20));
    }
  }
});
