/** How much of the time everything was there: registers, router, internet. */
import { useState } from "preact/hooks";
import { type UptimeRange, UptimeResponse, type UptimeView } from "../../shared/incident_api.ts";
import { saySpan } from "../lib/time.ts";
import { Choice } from "../ui/choice.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { useLoaded } from "./use_loaded.ts";
import { sayDown, sayLeftOut, sayUptime } from "./uptime_words.ts";
import { sayCount } from "./words.ts";

const RANGES = [
  { value: "day", text: "Day" },
  { value: "week", text: "Week" },
  { value: "month", text: "Month" },
] as const;

export function Uptime() {
  const [range, setRange] = useState<UptimeRange>("day");
  const [uptime, retry] = useLoaded(UptimeResponse, `/api/uptime?range=${range}`);
  return (
    <section class="area-uptime" aria-labelledby="uptime">
      <div class="section-head">
        <h2 id="uptime">Was it there?</h2>
        <Choice label="Span of the uptime" options={RANGES} value={range} onChoose={setRange} />
      </div>
      {uptime.kind === "loading" && <Loading what="the uptime" />}
      {uptime.kind === "failed" && <Failed what="the uptime" message={uptime.message} onRetry={retry} />}
      {uptime.kind === "ready" && <Rows uptime={uptime.data} />}
    </section>
  );
}

function Rows({ uptime: { registers, router, internet, gaps } }: { readonly uptime: UptimeResponse }) {
  return (
    <>
      <ul class="uptimes">
        {registers.map((register) => <Row key={register.id} name={register.name} uptime={register} />)}
        <Row name="Router" uptime={router} />
        <Row name="Internet" uptime={internet} />
      </ul>
      {gaps.length > 0 && <p class="soft small">{sayGaps(gaps)}</p>}
    </>
  );
}

function Row({ name, uptime }: { readonly name: string; readonly uptime: UptimeView }) {
  return (
    <li class="uptime">
      <span class="uptime-name">{name}</span>
      <span class="uptime-percent">{sayUptime(uptime)}</span>
      <span class="uptime-words soft small">{[sayDown(uptime), sayLeftOut(uptime)].filter(Boolean).join(" · ")}</span>
    </li>
  );
}

function sayGaps(gaps: UptimeResponse["gaps"]): string {
  const ms = gaps.reduce((sum, { from, until }) => sum + Date.parse(until) - Date.parse(from), 0);
  return `The hub itself was off ${sayCount(gaps.length, "time")}, for ${
    saySpan(ms)
  }. That counts as nobody's downtime.`;
}
