import assert from "node:assert/strict";
import { emptyFacts, NOON } from "../shared/rules/fixture.ts";
import { networkAt } from "../shared/rules/network_fixture.ts";
import { comboByProbes } from "../shared/rules/router_combo.ts";
import { examine } from "./doctor.ts";
import { sayExamination } from "./doctor_words.ts";
import { thisMachine } from "./probe/machine.ts";
import { planOf } from "./probe/settings.ts";

const LEAVE = [
  "--allow-net",
  "--allow-read=.",
  "--allow-run=ip,ping,route,netstat,arp",
  "--allow-sys=networkInterfaces,statfs",
];

/** A machine without any command, told to ask nobody. */
const NOTHING_FOUND = {
  ...thisMachine(() => planOf(undefined, { internet: [] })),
  runner: () => Promise.resolve({ ok: false as const, why: "missing" as const, reason: "it is not installed" }),
};

async function doctor(args: readonly string[], leave = LEAVE) {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...leave, "server/doctor.ts", ...args],
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("[PRB17] as a process it ends with 1 exactly when a rule fails, and tells each rule as JSON", async () => {
  const { code, out } = await doctor(["--json"]);
  const { rules, verdict, network, tookMs } = JSON.parse(out);
  const failed = rules.filter((rule: { severity?: string }) => rule.severity === "fail");
  assert.equal(code, failed.length > 0 ? 1 : 0, out);
  assert.ok(rules.some(({ code }: { code: string }) => code === "internet-down"));
  assert.equal(verdict.kind, network.verdict.kind);
  assert.equal(tookMs.length, 2);
});

Deno.test("[PRB17] [PRB2] without any leave it still tells, finds nothing, and ends with 0", async () => {
  const { code, out, err } = await doctor([], []);
  assert.equal(code, 0, err);
  assert.match(out, /\? own link +The hub's own link is not known: this hub was started without leave to run/);
  assert.match(out, /\? internet-down +not measured/);
  assert.equal(err, "");
});

Deno.test("[PRB17] [PRB16] what it does not understand ends with 2 and its usage", async () => {
  for (const args of [["--probe-targets", "{"], ["--what"]]) {
    const { code, err } = await doctor(args, []);
    assert.equal(code, 2);
    assert.match(err, /deno task doctor \[--json\]/);
  }
});

Deno.test("[PRB17] two rounds that agree are a verdict", async () => {
  let now = NOON;
  const { network, readings, took } = await examine(NOTHING_FOUND, { folder: ".", now: () => now += 10 });
  assert.deepEqual(took.length, 2);
  assert.equal(network.verdict.kind, "unknown");
  assert.notDeepEqual(network.verdict.evidence, ["Not measured twice yet."]);
  assert.equal(readings.find(({ rule }) => rule.code === "hub-disk-low")?.outcome.kind === "unknown", false);
});

Deno.test("[PRB17, PRB21] rungs carry marks, a failed rule its steps, and who hands out addresses is named", async () => {
  const dhcp = {
    ...{ kind: "known" as const, askedAt: NOON },
    servers: [{ address: "192.168.1.1" }, { address: "192.168.1.254", router: "192.168.1.254" }],
  };
  const { readings } = await examine(NOTHING_FOUND, { folder: ".", now: () => NOON, dhcp });
  const text = sayExamination({ network: networkAt("provider", NOON), readings, took: [31, 29], dhcp });
  assert.match(text, /✓ router /);
  assert.match(text, /✗ internet /);
  assert.match(text, /it is the provider\./);
  assert.match(text, /✗ second-dhcp +2 machines hand out addresses on this network: 192\.168\.1\.1 \(/);
  assert.match(text, /1\. Find the second machine/);
  assert.match(text, /2 rounds of probes took 31 ms and 29 ms\./);
});

Deno.test("[RUL47] a router that is alone is told with how that is known, and what it leaves open", async () => {
  const { readings } = await examine(NOTHING_FOUND, { folder: ".", now: () => NOON });
  const { rule } = readings.find(({ rule }) => rule.code === "router-combo")!;
  const outcome = comboByProbes({ ...emptyFacts(), network: networkAt("fine", NOON) });
  const text = sayExamination({
    network: networkAt("fine", NOON),
    readings: [{ rule, subject: "venue", outcome }],
    took: [],
  });
  assert.match(text, /✓ router-combo +not so: no second router .*84\.116\.1\.1.*only a person can tell/);
});

Deno.test("[PRB21] without --dhcp nobody is asked, and a second server is not ruled out", async () => {
  const { readings } = await examine(NOTHING_FOUND, { folder: ".", now: () => NOON });
  const second = readings.find(({ rule }) => rule.code === "second-dhcp");
  assert.deepEqual(second?.outcome, { kind: "unknown", why: "nobody has asked yet" });
});
