/** How far a register is behind, as the manager's page and every Register List show it. */
import assert from "node:assert/strict";
import { openLabHub } from "./support/lab_hub.ts";
import { deltaOf, RawLink, replicaOf } from "./support/raw_link.ts";

Deno.test("a register is behind by what others wrote and it does not have, never by its own writing", async () => {
  const lab = await openLabHub();
  try {
    const [bar, till] = [await lab.enrol("Bar"), await lab.enrol("Till 1")];
    const [writer, reader] = [await RawLink.begin(lab.url, bar), await RawLink.begin(lab.url, till)];
    for (const link of [writer, reader]) link.say({ type: "have", vector: {} });
    writer.say(deltaOf(replicaOf(bar), 1, { kind: "check.open", number: "A1" }, { kind: "check.open", number: "A2" }));
    await writer.until(() => writer.count("have") === 2);
    await reader.until(() => reader.count("delta") === 1);
    await lab.pass(1);
    assert.deepEqual((await lab.view()).registers.map(({ name, behind }) => [name, behind]), [["Bar", 0], [
      "Till 1",
      2,
    ]]);
    await writer.close();
    await reader.close();
  } finally {
    await lab.stop();
  }
});
