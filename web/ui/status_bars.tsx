/** A day as a row of bars. Height tells the state as well as colour does: a register that was heard stands tall, silence is a stump. */

export type BarState = "ok" | "late" | "silent" | "unknown";

const BOX = 24; // height of the drawing
const STEP = 4; // width of a bar with its gap
const GAP = 1;
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
      {bars.map((state, index) => (
        <rect
          key={index}
          class={`bar-${state}`}
          x={index * STEP}
          y={BOX - HEIGHTS[state]}
          width={STEP - GAP}
          height={HEIGHTS[state]}
        />
      ))}
    </svg>
  );
}
