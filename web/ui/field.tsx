/** One labelled line of text to fill in, with a note, and with what is wrong with it. */
import { useId } from "preact/hooks";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: "text" | "password" | "time" | "datetime-local";
  readonly note?: string;
  readonly trouble?: string; // what is wrong, and what would be right
  readonly autoComplete?: string;
  readonly autoCapitalize?: "none" | "words" | "sentences" | "characters";
  readonly inputMode?: "text" | "decimal" | "numeric"; // which keyboard a tablet offers
  readonly maxLength?: number;
  readonly autoFocus?: boolean;
  readonly required?: boolean;
  readonly options?: readonly string[]; // offered while typing; anything else may be typed as well
}

export function Field(props: FieldProps) {
  const id = useId();
  const { label, value, onInput, type = "text", note, trouble } = props;
  const describedBy = [note && `${id}-note`, trouble && `${id}-trouble`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}</label>
      <input
        class="field-input"
        id={id}
        type={type as "text"} // preact's types want one branch of their union, not two
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        autocomplete={props.autoComplete ?? "off"}
        autocapitalize={props.autoCapitalize ?? "none"}
        autocorrect="off"
        spellcheck={false}
        inputMode={props.inputMode}
        maxLength={props.maxLength}
        autoFocus={props.autoFocus}
        required={props.required}
        list={props.options && `${id}-options`}
        aria-invalid={trouble ? "true" : undefined}
        aria-describedby={describedBy || undefined}
      />
      {props.options && (
        <datalist id={`${id}-options`}>
          {props.options.map((option) => <option key={option} value={option} />)}
        </datalist>
      )}
      {note && <p class="field-note" id={`${id}-note`}>{note}</p>}
      {trouble && <p class="field-trouble" id={`${id}-trouble`} role="alert">{trouble}</p>}
    </div>
  );
}
