/** A register's round trip and signal over an hour or a day: in words first, then as lines. The drawing code is loaded when needed. */
import { useEffect, useState } from "preact/hooks";
import { Series } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../lib/loaded.ts";
import { Choice } from "../ui/choice.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { ChartBox } from "./chart_box.tsx";
import { type ChartLine, sayRoundTrip, saySignals, signalLines, tripLines } from "./series_words.ts";

const REFRESH_MS = 60_000; // a step of the hour's chart

type Range = "hour" | "day";
const RANGES = [{ value: "hour", text: "Hour" }, { value: "day", text: "Day" }] as const;

export function SeriesCharts({ registerId }: { readonly registerId: string }) {
  const [range, setRange] = useState<Range>("hour");
  const [series, retry] = useSeries(registerId, range);
  return (
    <section class="detail-block" aria-label="Round trip and signal">
      <div class="section-head">
        <h3>Round trip and signal</h3>
        <Choice label="Span of the charts" options={RANGES} value={range} onChoose={setRange} />
      </div>
      <div class="charts">
        {series.kind === "loading" && <Loading what="the charts" />}
        {series.kind === "failed" && <Failed what="the charts" message={series.message} onRetry={retry} />}
        {series.kind === "ready" && (
          <>
            <Chart title={sayRoundTrip(series.data)} unit="ms" series={series.data} lines={tripLines(series.data)} />
            <Chart title={saySignals(series.data)} unit="dBm" series={series.data} lines={signalLines(series.data)} />
          </>
        )}
      </div>
    </section>
  );
}

interface ChartProps {
  readonly title: string;
  readonly unit: string;
  readonly series: Series;
  readonly lines: readonly ChartLine[];
}

function Chart({ title, unit, series, lines }: ChartProps) {
  const empty = lines.every((line) => line.values.every((value) => value === null));
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {!empty && <ChartBox label={title} unit={unit} t={series.t} lines={lines} />}
    </figure>
  );
}

/** Asks again every minute; what was there stays until the new is here, so that nothing jumps. */
function useSeries(registerId: string, range: Range): [Loaded<Series>, () => void] {
  const [series, setSeries] = useState<Loaded<Series>>(LOADING);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    const load = async () => {
      const answer = await request(Series, `/api/registers/${encodeURIComponent(registerId)}/series?range=${range}`);
      if (wanted) {
        setSeries((old) => !answer.ok && old.kind === "ready" && old.data.range === range ? old : toLoaded(answer));
      }
    };
    void load();
    const timer = setInterval(load, REFRESH_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [registerId, range, round]);
  return [series, () => setRound(round + 1)];
}
