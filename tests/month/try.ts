import { World } from "./world.ts";
const dir = await Deno.makeTempDir({ dir: Deno.args[1] ?? "/dev/shm" });
const days = Number(Deno.args[0] ?? 1);
const world = new World(`${dir}/counterpart.db`, 7, days);
await world.open();
for (let d = 0; d < days; d++) {
  const t = performance.now();
  const k = world.ticks;
  await world.evening(d, () => {});
  console.log(
    d,
    "ms",
    performance.now() - t,
    "ticks",
    world.ticks - k,
    (performance.now() - t) / (world.ticks - k),
    world.faults,
    world.hub.hub.judge.open().map((i) => i.code + " " + i.subject),
    world.hub.store.incidents.recent(0, 1000).length,
  );
}
console.log(world.ledger.samples, world.ledger.heartbeats, Deno.statSync(`${dir}/counterpart.db`).size);
world.close();
Deno.removeSync(dir, { recursive: true });
