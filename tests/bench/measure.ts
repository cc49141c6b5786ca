/** How long things take: medians over many runs in one process, so that two figures of one run can be compared. */

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly against?: string; // the name of the figure of the same run that this one is compared with
  readonly ratio?: number;
  readonly bound?: number; // what it should stay under, in its unit; printed, never asserted
}

/** The median time of `run` in microseconds, after a warm-up. */
export function microseconds(run: () => unknown, times: number): number {
  for (let i = 0; i < times; i++) run();
  const taken = Array.from({ length: times }, () => {
    const from = performance.now();
    run();
    return (performance.now() - from) * 1_000;
  });
  return percentile(taken, 50);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))] ?? NaN;
}

/** Adds to each figure its ratio to the one it is compared with. */
export function withRatios(figures: readonly Figure[]): Figure[] {
  return figures.map((figure) => {
    const other = figures.find(({ name }) => name === figure.against);
    return other ? { ...figure, ratio: figure.value / other.value } : figure;
  });
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, against, ratio, bound }) => [
    name,
    value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2),
    unit,
    ratio !== undefined ? `${ratio.toFixed(2)} × ${against}` : bound !== undefined ? `bound ${bound} ${unit}` : "",
  ]);
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map(([name, value, unit, ratio]) =>
    `${name!.padEnd(widths[0]!)}  ${value!.padStart(widths[1]!)} ${unit!.padEnd(widths[2]!)}  ${ratio}`.trimEnd()
  ).join("\n");
}
