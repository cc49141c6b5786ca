/** A day as a band. Height tells the state as well as colour does: a register that was heard stands tall, silence is a stump. */

export type BarState = "ok" | "late" | "silent" | "unknown";

const BOX = 24; // height of the drawing
const STEP = 4; // width of a bar
const HEIGHTS: Record<BarState, number> = { ok: 24, late: 15, silent: 7, unknown: 2 };

interface StatusBarsProps {
  readonly bars: readonly BarState[]; // oldest first
  readonly label: string; // the same in words
}

export function StatusBars({ bars, label }: StatusBarsProps) {
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${Math.max(1, bars.length) * STEP} ${BOX}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {runsOf(bars).map(({ state, start, length }) => (
        <rect
          key={start}
          class={`bar-${state}`}
          x={start * STEP}
          y={BOX - HEIGHTS[state]}
          width={length * STEP}
          height={HEIGHTS[state]}
        />
      ))}
    </svg>
  );
}

/** Neighbours of one state drawn as one, so that no seam shows where a bar is narrower than a pixel. */
function runsOf(bars: readonly BarState[]): { state: BarState; start: number; length: number }[] {
  const runs: { state: BarState; start: number; length: number }[] = [];
  bars.forEach((state, index) => {
    const last = runs.at(-1);
    if (last?.state === state) last.length += 1;
    else runs.push({ state, start: index, length: 1 });
  });
  return runs;
}
