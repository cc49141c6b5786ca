import assert from "node:assert/strict";
import { LINUX } from "./linux.ts";
import { MACOS } from "./macos.ts";
import { ping, readPing } from "./ping.ts";
import type { CommandResult, Platform } from "./platform.ts";
import { WINDOWS } from "./windows.ts";

const REPLIES: [string, number][] = [
  [
    "PING 192.168.1.1 (192.168.1.1) 56(84) bytes of data.\n64 bytes from 192.168.1.1: icmp_seq=1 ttl=64 time=0.412 ms\n",
    0.412,
  ],
  ["PING 192.168.1.1 (192.168.1.1): 56 data bytes\n64 bytes from 192.168.1.1: seq=0 ttl=64 time=1.310 ms\n", 1.31],
  ["Pinging 192.168.1.1 with 32 bytes of data:\r\nReply from 192.168.1.1: bytes=32 time<1ms TTL=64\r\n", 1],
  ["Antwort von 192.168.1.1: Bytes=32 Zeit=3ms TTL=64\r\n", 3],
  ["R\ufffdponse de 192.168.1.1\ufffd: octets=32 temps=12 ms TTL=64\r\n", 12],
];

function answering(result: CommandResult, platform: Platform) {
  return ping(() => Promise.resolve(result), platform, "192.168.1.1");
}

Deno.test("a reply is known in every language", () => {
  for (const [stdout, rttMs] of REPLIES) assert.deepEqual(readPing(stdout), { kind: "answered", rttMs }, stdout);
  assert.deepEqual(readPing("64 bytes from 192.168.1.1: icmp_seq=1 ttl=64\n"), { kind: "answered", rttMs: undefined });
});

Deno.test("another machine's word that the address is out of reach is no reply", () => {
  for (
    const stdout of [
      "Reply from 192.168.1.20: Destination host unreachable.\r\n",
      "Antwort von 192.168.1.20: Zielhost nicht erreichbar.\r\n",
      "From 192.168.1.20 icmp_seq=1 Destination Host Unreachable\n",
      "Request timed out.\r\n",
      "",
    ]
  ) assert.deepEqual(readPing(stdout), { kind: "silent" }, stdout);
});

Deno.test("sent and unanswered is silence; not sent is not known", async () => {
  const exit = (exitCode: number): CommandResult => ({ ok: false, why: "exit", reason: "ping ended", exitCode });
  assert.equal((await answering(exit(1), LINUX)).kind, "silent");
  assert.equal((await answering(exit(2), LINUX)).kind, "unknown");
  assert.equal((await answering(exit(2), MACOS)).kind, "silent");
  assert.equal((await answering(exit(68), MACOS)).kind, "unknown");
  assert.equal((await answering(exit(1), WINDOWS)).kind, "silent");
  assert.equal((await answering({ ok: false, why: "too-slow", reason: "ping was slow" }, LINUX)).kind, "silent");
  const missing = await answering({ ok: false, why: "missing", reason: "ping is not installed on this hub" }, LINUX);
  assert.deepEqual(missing, { kind: "unknown", why: "ping is not installed on this hub" });
});
