/** Something to press, at least 44 px in both directions. */
import type { ComponentChildren } from "preact";

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly kind?: "main" | "plain" | "quiet" | "danger"; // main: the one thing to do here
  readonly type?: "button" | "submit";
  readonly onPress?: (event: Event) => void;
  readonly busy?: boolean; // it was pressed, and the answer is on its way
  readonly disabled?: boolean;
  readonly label?: string; // spoken, where the words on it do not say enough
}

export function Button({ children, kind = "plain", type = "button", onPress, busy, disabled, label }: ButtonProps) {
  return (
    <button
      class={`button button-${kind}`}
      type={type}
      onClick={onPress}
      disabled={disabled || busy}
      aria-busy={busy ? "true" : undefined}
      aria-label={label}
    >
      {children}
    </button>
  );
}
