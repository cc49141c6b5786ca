import { runEvenings } from "./run.ts";
const dir = await Deno.makeTempDir({ dir: "/dev/shm" });
const t = performance.now();
const { broken, figures } = await runEvenings(dir, {
  seed: Number(Deno.args[1] ?? 7),
  days: Number(Deno.args[0] ?? 1),
  said: console.log,
});
console.log(figures, performance.now() - t);
for (const b of broken.slice(0, 60)) console.log(b.slice(0, 300));
Deno.removeSync(dir, { recursive: true });
