/** One of several, where a row of buttons would be too wide. */
import { useId } from "preact/hooks";

interface SelectProps<T extends string> {
  readonly label: string;
  readonly note?: string;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
  readonly disabled?: boolean;
}

export function Select<T extends string>({ label, note, options, value, onChoose, disabled }: SelectProps<T>) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}</label>
      <select
        class="field-input"
        id={id}
        value={value}
        disabled={disabled}
        aria-describedby={note && `${id}-note`}
        onChange={(event) => onChoose(event.currentTarget.value as T)}
      >
        {options.map((option) => <option key={option.value} value={option.value}>{option.text}</option>)}
      </select>
      {note && <p class="field-note" id={`${id}-note`}>{note}</p>}
    </div>
  );
}
