import { FEW_EVENINGS, MONTH } from "./calendar.ts";
import { runEvenings } from "./run.ts";
const dir = await Deno.makeTempDir({ dir: "/dev/shm" });
const t = performance.now();
const days = Number(Deno.args[1]);
const season = days ? { ...MONTH, days } : FEW_EVENINGS;
const { broken, figures } = await runEvenings(dir, { seed: Number(Deno.args[0]), season, said: console.log });
console.log(figures, performance.now() - t);
for (const b of broken.slice(0, 60)) console.log(b.slice(0, 400));
import { Rows } from "./rows.ts";
const rows = new Rows(dir + "/counterpart.db");
for (const i of rows.incidents()) {
  if (["register-silent", "router-down", "hub-link-down", "access-point-down", "hub-off"].includes(i.code)) {
    const s = (n?: number) => n === undefined ? "-" : new Date(n).toISOString().slice(5, 19);
    console.log(
      i.code,
      i.subject,
      i.worst,
      "since",
      s(i.since),
      "open",
      s(i.openedAt),
      "end",
      s(i.endedAt),
      "res",
      s(i.resolvedAt),
      i.resolution,
      i.under ?? "",
      JSON.stringify((i.effects ?? []).map((e) => e.code + e.subject + s(e.since) + ".." + s(e.until))),
      JSON.stringify(i.unstable?.spells.map((x) => s(x.since) + ".." + s(x.until))),
    );
  }
}
rows.close();
Deno.removeSync(dir, { recursive: true });
