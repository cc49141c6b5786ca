/** Several labelled lines of text to fill in. */
import { useId } from "preact/hooks";

interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly note?: string;
  readonly trouble?: string; // what is wrong, and what would be right
  readonly rows?: number;
}

export function TextArea({ label, value, onInput, note, trouble, rows = 3 }: TextAreaProps) {
  const id = useId();
  const describedBy = [note && `${id}-note`, trouble && `${id}-trouble`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}</label>
      <textarea
        class="field-input"
        id={id}
        rows={rows}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        autocorrect="off"
        spellcheck={false}
        aria-invalid={trouble ? "true" : undefined}
        aria-describedby={describedBy || undefined}
      />
      {note && <p class="field-note" id={`${id}-note`}>{note}</p>}
      {trouble && <p class="field-trouble" id={`${id}-trouble`} role="alert">{trouble}</p>}
    </div>
  );
}
