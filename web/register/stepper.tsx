/** A small whole number that a thumb can change. */

interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  readonly empty?: string; // shown in place of a value below `min`
}

export function Stepper({ label, value, min, max, onChange, empty }: StepperProps) {
  return (
    <div class="stepper" role="group" aria-label={label}>
      <button
        type="button"
        class="step"
        aria-label={`${label}: one less`}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      >
        −
      </button>
      <output class="step-value" aria-live="polite">{value < min && empty !== undefined ? empty : value}</output>
      <button
        type="button"
        class="step"
        aria-label={`${label}: one more`}
        disabled={value >= max}
        onClick={() => onChange(Math.max(min, value + 1))}
      >
        +
      </button>
    </div>
  );
}
