/** The README's example runs as it stands there. */
import assert from "node:assert/strict";
import { openLabHub } from "./support/lab_hub.ts";

const RUNS_AT_MOST_MS = 20_000;

Deno.test("[SYN7] the README's register joins the hub, and its check is there", async () => {
  const readme = await Deno.readTextFile("README.md");
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  assert.ok(example, "the README has an example in TypeScript");
  await Deno.mkdir(".tmp", { recursive: true });
  const file = await Deno.makeTempFile({ dir: ".tmp", suffix: ".ts" });
  await Deno.writeTextFile(file, example.replaceAll('"./shared/', '"../shared/'));
  const lab = await openLabHub(":memory:", Date.now());
  const { registerId, token } = await lab.enrol("Bar");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--check", "--allow-net", file, lab.url, registerId, token],
    stdout: "null",
  }).spawn();
  try {
    const deadline = performance.now() + RUNS_AT_MOST_MS;
    let due: number | undefined;
    while (due !== 1_450 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      due = (await lab.call("/api/checks")).body.checks[0]?.due;
    }
    assert.equal(due, 1_450);
  } finally {
    child.kill();
    await child.status;
    await lab.stop();
    await Deno.remove(file);
  }
});
