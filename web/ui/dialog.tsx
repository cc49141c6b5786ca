/** A sheet over the page, on the browser's own `<dialog>`: focus stays inside, Escape closes, focus returns to where it was. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "./button.tsx";

interface DialogProps {
  readonly title: ComponentChildren;
  readonly onClose: () => void; // by the button, Escape or a press beside the sheet
  readonly size?: "narrow" | "wide";
  readonly children: ComponentChildren;
}

/** It is open for as long as it is rendered. */
export function Dialog({ title, onClose, size = "narrow", children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current!;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={ref}
      class={size === "wide" ? "dialog dialog-wide" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault(); // whoever renders this takes it away
        onClose();
      }}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      <header class="dialog-head">
        <h2 class="dialog-title" id={titleId} tabIndex={-1} autoFocus>{title}</h2>
        <Button kind="quiet" onPress={onClose}>Close</Button>
      </header>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
