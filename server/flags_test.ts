import assert from "node:assert/strict";
import { readFlags } from "./flags.ts";

const portsOf = (...args: string[]) => {
  const flags = readFlags(args);
  return "wrong" in flags ? flags.wrong : [flags.port, flags.httpsPort];
};

Deno.test("HTTPS is beside plain http, on any free port where http is, elsewhere when told, and off when told", () => {
  assert.deepEqual(portsOf(), [8787, 8788]);
  assert.deepEqual(portsOf("--port", "80"), [80, 81]);
  assert.deepEqual(portsOf("--port", "0"), [0, 0]);
  assert.deepEqual(portsOf("--port", "80", "--https-port", "443"), [80, 443]);
  assert.deepEqual(portsOf("--https-port", "off"), [8787, undefined]);
});

Deno.test("what is no port is refused by the name of its flag", () => {
  assert.match(String(portsOf("--port", "x")), /^--port wants .*“x”/);
  assert.match(String(portsOf("--port", "")), /^--port wants/);
  assert.match(String(portsOf("--https-port", "70000")), /^--https-port wants .*“70000”/);
});

Deno.test("[PRB16] what to ask on the internet is passed on as it was given", () => {
  const flags = readFlags(["--probe-targets", "off"]);
  assert.ok(!("wrong" in flags));
  assert.equal(flags.probeTargets, "off");
});

Deno.test("[MDN8] multicast DNS is on unless it is switched off, and nothing else is taken", () => {
  const mdnsOf = (...args: string[]) => {
    const flags = readFlags(args);
    return "wrong" in flags ? flags.wrong : flags.mdns;
  };
  assert.deepEqual([mdnsOf(), mdnsOf("--mdns", "off"), mdnsOf("--mdns", "on")], ["on", "off", "on"]);
  assert.match(mdnsOf("--mdns", "yes"), /^--mdns wants .*“yes”/);
});

Deno.test("a flag that is not known is named, and no stack is shown", () => {
  const flags = readFlags(["--portt", "99"]);
  assert.match("wrong" in flags ? flags.wrong : "", /--portt/);
});
