/** Lines over time, by Chart.js. The only file that knows it, so that it stays a chunk of its own and loads when a register is opened. */
import {
  Chart,
  type ChartData,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { sayClock } from "../lib/time.ts";
import type { ChartLine } from "./series_words.ts";

Chart.register(Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

const AXIS_WIDTH = 72; // px: so that charts above one another line up
const MINUTE_MS = 60_000;
const STEPS_MS = [10 * MINUTE_MS, 4 * 60 * MINUTE_MS, 24 * 60 * MINUTE_MS]; // between times along the foot
const TIMES_MAX = 7; // along the foot, on a phone
const POINT_TOUCH = 16; // px around a point that count as on it

interface Drawn {
  readonly t: readonly number[];
  readonly lines: readonly ChartLine[];
}

export interface ChartHandle {
  update(drawn: Drawn): void;
  destroy(): void;
}

/** Draws into a canvas whose box has a height; follows its width and the theme. */
export function drawChart(
  canvas: HTMLCanvasElement,
  { unit, ...drawn }: Drawn & { readonly unit: string },
): ChartHandle {
  const chart = new Chart(canvas, { type: "line", data: dataOf(drawn), options: optionsOf(drawn, unit) });
  let last = drawn;
  const repaint = () => {
    chart.data = dataOf(last);
    chart.options = optionsOf(last, unit);
    chart.update("none");
  };
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", repaint);
  return {
    update(next) {
      last = next;
      repaint();
    },
    destroy() {
      scheme.removeEventListener("change", repaint);
      chart.destroy();
    },
  };
}

function dataOf({ t, lines }: Drawn): ChartData<"line", { x: number; y: number | null }[]> {
  return {
    datasets: lines.map((line) => ({
      label: line.name,
      data: line.values.map((y, index) => ({ x: t[index]!, y })),
      borderColor: color({ main: "--accent", soft: "--edge", limit: "--look" }[line.tone]),
      borderWidth: line.tone === "main" ? 2 : 1.25,
      borderDash: line.tone === "limit" ? [5, 5] : [],
      pointRadius: 0,
      pointHitRadius: line.tone === "limit" ? 0 : POINT_TOUCH,
      spanGaps: false, // silence is a gap, not a slope
      tension: 0,
    })),
  };
}

function optionsOf({ t }: Drawn, unit: string) {
  const soft = color("--ink-soft");
  const font = { family: getComputedStyle(document.body).fontFamily, size: 13 };
  return {
    animation: false as const,
    maintainAspectRatio: false,
    normalized: true,
    interaction: { mode: "index" as const, intersect: false },
    scales: {
      x: {
        type: "linear" as const,
        min: t[0],
        max: t.at(-1),
        grid: { display: false },
        border: { color: color("--hairline") },
        ticks: { color: soft, font, maxRotation: 0, callback: (value: string | number) => sayClock(Number(value)) },
        afterBuildTicks: (axis: { ticks: { value: number }[] }) => axis.ticks = timesAlong(t),
      },
      y: {
        grid: { color: color("--hairline") },
        border: { display: false },
        afterFit: (axis: { width: number }) => axis.width = AXIS_WIDTH,
        ticks: { color: soft, font, maxTicksLimit: 5, callback: (value: string | number) => `${minus(value)} ${unit}` },
        ...(unit === "ms" ? { beginAtZero: true, suggestedMax: 20 } : { suggestedMin: -80, suggestedMax: -40 }),
      },
    },
    plugins: {
      legend: { align: "start" as const, labels: { color: soft, font, boxWidth: 20, boxHeight: 0, padding: 12 } },
      tooltip: {
        displayColors: false,
        callbacks: {
          title: (items: { parsed: { x: number | null } }[]) => sayClock(items[0]?.parsed.x ?? 0),
          label: (item: { dataset: { label?: string }; parsed: { y: number | null } }) =>
            `${item.dataset.label}: ${minus(Math.round((item.parsed.y ?? 0) * 10) / 10)} ${unit}`,
        },
      },
    },
  };
}

/** Times that a clock shows round: every ten minutes of an hour, every four hours of a day. */
function timesAlong(t: readonly number[]): { value: number }[] {
  const first = t[0] ?? 0;
  const span = (t.at(-1) ?? first) - first;
  const step = STEPS_MS.find((each) => span / each <= TIMES_MAX) ?? span;
  const zone = new Date(first).getTimezoneOffset() * MINUTE_MS;
  const start = Math.ceil((first - zone) / step) * step + zone;
  return Array.from({ length: TIMES_MAX + 1 }, (_, index) => ({ value: start + index * step }))
    .filter(({ value }) => value <= first + span);
}

function minus(value: string | number): string {
  return String(value).replace("-", "−");
}

function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
