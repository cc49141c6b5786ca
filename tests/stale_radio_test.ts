/** A register that no longer tells of its radio: what it said a while ago is shown nowhere as if it were so now, nor found for ever. */
import assert from "node:assert/strict";
import { House, NETWORK } from "./support/house.ts";

Deno.test("[RUL51] a signal and a band of a while ago are unknown on the manager's page, in the list and in the report", async () => {
  const house = await House.open(["Bar", "Terrace", "Window"]);
  const { lab } = house;
  try {
    const registerIn = async (name: string) => (await lab.view()).registers.find((register) => register.name === name);
    const stateOf = async (code: string) => {
      const { rows } = (await lab.call("/api/install")).body;
      return rows.find((row: { code: string }) => row.code === code).measured;
    };
    assert.equal((await registerIn("Terrace"))?.signalDbm, NETWORK.rssiDbm);
    assert.equal((await stateOf("signal-weak")).state, "passed");
    house.says("Terrace", { network: null });
    house.says("Window", null); // silent: nothing that it says takes the old away
    await house.pass(6 * 60);
    const { signalDbm, network } = (await registerIn("Terrace"))!;
    assert.deepEqual([signalDbm, network?.rssiDbm, network?.ssid], [null, undefined, NETWORK.ssid]);
    const { signalDbm: ofSilent, network: before } = (await registerIn("Window"))!;
    assert.deepEqual([ofSilent, before?.rssiDbm], [null, undefined]);
    assert.equal((await registerIn("Bar"))?.signalDbm, NETWORK.rssiDbm);
    assert.match((await stateOf("signal-weak")).text, /Terrace: 0 signal readings/);
    assert.doesNotMatch((await stateOf("band-2ghz")).text, /Terrace/); // of less than 10 min ago
    await house.pass(5 * 60);
    assert.match((await stateOf("band-2ghz")).text, /Terrace/);
    const { report } = (await lab.call("/api/install/reports", { body: { by: "Ana", note: "" } })).body;
    assert.deepEqual(report.registers.map((register: { signalDbm: number | null }) => register.signalDbm), [
      -52,
      null,
      null,
    ]);
  } finally {
    await lab.stop();
  }
});

Deno.test("[INC37] a weak signal of a register that stopped telling it is a finding for half an hour more, and not told as over", async () => {
  const house = await House.open(["Bar", "Terrace"]);
  const { lab } = house;
  try {
    const weak = "signal-weak Terrace";
    house.says("Terrace", { network: { ...NETWORK, rssiDbm: -75 } });
    await house.until(weak, true, 6 * 60);
    house.says("Terrace", { network: null });
    await house.pass(30 * 60);
    assert.deepEqual(await lab.found(), [weak]);
    assert.ok(await house.until(weak, false, 6 * 60) > 0);
    const { incidents } = await lab.view();
    const { told } = (await lab.call(`/api/incidents/${
      incidents.find(({ code }) => code === "signal-weak")!.id
    }`)).body;
    assert.match(told.at(-1).text, /From here on it was not measured/);
    house.says("Terrace", { network: { ...NETWORK, rssiDbm: -75 } });
    await house.until(weak, true, 6 * 60);
  } finally {
    await lab.stop();
  }
});
