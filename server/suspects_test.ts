import assert from "node:assert/strict";
import { SUSPECT_FRESH_MS } from "../shared/rules/suspect.ts";
import { CLOSE } from "../shared/wire.ts";
import { Suspects } from "./suspects.ts";

const [BAR, TILL] = ["bbbbbbbb", "tttttttt"];
const knows = (id: string) => id === BAR || id === TILL;

Deno.test("[LOS7] what a session was ended for is noted, counted and forgotten when it is old", () => {
  const suspects = new Suspects();
  suspects.ended(BAR, CLOSE.fork, `${TILL}-0000/3`, 1_000);
  suspects.ended(BAR, CLOSE.fork, `${TILL}-0000/4`, 2_000);
  assert.deepEqual(suspects.facts(2_000), [
    { subject: BAR, by: "hub", what: "fork", detail: `${TILL}-0000/4`, times: 2, since: 1_000, lastAt: 2_000 },
  ]);
  assert.equal(suspects.facts(2_000 + SUSPECT_FRESH_MS).length, 1);
  assert.equal(suspects.facts(2_001 + SUSPECT_FRESH_MS).length, 0);
});

Deno.test("[LOS7] what a sound register may bring about is no suspicion", () => {
  const suspects = new Suspects();
  for (
    const close of [CLOSE.replaced, CLOSE.slow, CLOSE.storage, CLOSE.restart, CLOSE.wireVersion, CLOSE.helloTimeout]
  ) {
    suspects.ended(BAR, close, "", 0);
  }
  assert.deepEqual(suspects.facts(0), []);
  for (const close of [CLOSE.fork, CLOSE.gap, CLOSE.tooLarge, CLOSE.badMessage, CLOSE.wrongReplica]) {
    suspects.ended(BAR, close, "", 0);
  }
  assert.deepEqual(suspects.facts(0).map(({ what }) => what), ["fork", "gap", "oversize", "garbage", "wrong-name"]);
});

Deno.test("[LOS9] a register speaks of enrolled peers and the hub, not of itself or of nobody", () => {
  const suspects = new Suspects();
  const why = "gap" as const;
  const peers = [TILL, "hub", BAR, "zzzzzzzz"].map((peer) => ({ peer, why }));
  suspects.reported(BAR, peers, knows, 0);
  assert.deepEqual(suspects.facts(0).map(({ subject, by }) => [subject, by]), [[TILL, BAR], ["hub", BAR]]);
});

Deno.test("[RUL32] strangers are told apart by address, and a flood of them fills nothing", () => {
  const suspects = new Suspects();
  for (let n = 0; n < 3; n++) suspects.ended("venue", CLOSE.unknownToken, "192.168.1.33", n);
  suspects.ended("venue", CLOSE.unknownToken, "192.168.1.34", 3);
  assert.deepEqual(suspects.facts(3).map(({ detail, times }) => [detail, times]), [["192.168.1.33", 3], [
    "192.168.1.34",
    1,
  ]]);
  for (let n = 0; n < 1_000; n++) suspects.ended("venue", CLOSE.unknownToken, `fe80::${n}`, 4);
  assert.equal(suspects.facts(4).length, 256);
  assert.equal(suspects.facts(4).at(-1)?.detail, "fe80::999");
});
