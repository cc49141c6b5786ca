/** A few exclusive options in a row, one of them chosen. */

interface ChoiceProps<T extends string> {
  readonly label: string; // spoken: what is being chosen
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

export function Choice<T extends string>({ label, options, value, onChoose }: ChoiceProps<T>) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          class="choice-option"
          type="button"
          aria-pressed={option.value === value ? "true" : "false"}
          onClick={() => onChoose(option.value)}
        >
          {option.text}
        </button>
      ))}
    </div>
  );
}
