/** A place for one chart, kept at its size before, while and after the drawing code is loaded. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ChartHandle } from "./chart.ts";
import type { ChartLine } from "./series_words.ts";

interface ChartBoxProps {
  readonly label: string;
  readonly unit: string;
  readonly t: readonly number[]; // milliseconds since 1970
  readonly lines: readonly ChartLine[];
}

export function ChartBox({ label, unit, t, lines }: ChartBoxProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const handle = useRef<ChartHandle | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let wanted = true;
    const draw = async () => {
      const { drawChart } = await import("./chart.ts");
      if (!wanted) return;
      if (handle.current) handle.current.update({ t, lines });
      else handle.current = drawChart(canvas.current!, { unit, t, lines });
    };
    draw().catch(() => wanted && setFailed(true));
    return () => {
      wanted = false;
    };
  }, [t, lines]);
  useEffect(() => () => handle.current?.destroy(), []);
  return (
    <div class="chart-box">
      {failed
        ? <p class="soft small">Could not load the drawing. The sentence above holds.</p>
        : <canvas ref={canvas} role="img" aria-label={label} />}
    </div>
  );
}
