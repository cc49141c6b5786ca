/** The token for a Shortcut that reports this iPad's Wi-Fi signal: shown only when asked for, since it speaks for this register. */
import { useRef, useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import type { Session } from "./session.ts";

export function SignalToken({ session }: { session: Session }) {
  const [shown, setShown] = useState(false);
  return (
    <section class="stack" aria-label="Wi-Fi signal">
      <h2>Wi-Fi signal</h2>
      <p>
        This page cannot read the iPad's signal. A <a href="/shortcut">Shortcut</a>{" "}
        on this iPad can, and report it with this register's token.
      </p>
      {shown ? <Token token={session.enrolment.value.token} onHide={() => setShown(false)} /> : (
        <div class="row">
          <Button onPress={() => setShown(true)}>Show this register's token</Button>
        </div>
      )}
    </section>
  );
}

function Token({ token, onHide }: { readonly token: string; readonly onHide: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState("");
  const copy = () => setTold(copied(field.current) ? "Copied." : "It is marked: choose Copy in the menu above it.");
  return (
    <>
      <p class="soft">Who has it can speak for this register. Paste it on this iPad only.</p>
      <div class="row">
        <input
          ref={field}
          class="field-input"
          aria-label="Token of this register"
          value={token}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button kind="main" onPress={copy}>Copy</Button>
        <Button kind="quiet" onPress={onHide}>Hide</Button>
      </div>
      <p role="status">{told}</p>
    </>
  );
}

/** The old way to copy, which works on plain http as well, where the clipboard's newer interface is missing. */
function copied(field: HTMLInputElement | null): boolean {
  if (!field) return false;
  field.focus();
  field.setSelectionRange(0, field.value.length);
  return document.execCommand("copy");
}
