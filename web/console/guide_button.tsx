/** What leads to a guide: from a finding that has one, and from the two troubles that a person notices before the hub does. */
import { useState } from "preact/hooks";
import type { Finding, View } from "../../shared/api.ts";
import { runbookFor, type RunbookKind } from "../../shared/runbook/kind.ts";
import { Button } from "../ui/button.tsx";
import { beginGuide } from "./guide_begin.ts";
import { asOf } from "./state.ts";

interface GuideButtonProps {
  readonly finding: Finding;
  readonly runbooks: View["runbooks"];
}

export function GuideButton({ finding: { code, subject, title }, runbooks }: GuideButtonProps) {
  const kind = runbookFor(code);
  if (kind === undefined) return null;
  const going = runbooks.some((run) => run.kind === kind && run.subject === subject && run.end === null);
  const words = going ? "Go on with the guide" : "Show me how";
  return (
    <div class="row todo-answer">
      <Begin kind={kind} subject={subject} words={words} label={`${words}: ${title}`} />
    </div>
  );
}

/** Quiet until it is asked for: on most evenings nobody needs it. */
export function OtherTrouble() {
  return (
    <details class="more">
      <summary>Something else is wrong</summary>
      <div class="row">
        <Begin kind="check-not-found" subject="venue" words="A check is not found" />
        <Begin kind="registers-disconnected" subject="venue" words="Registers are out of sync" />
      </div>
    </details>
  );
}

interface BeginProps {
  readonly kind: RunbookKind;
  readonly subject: string;
  readonly words: string;
  readonly label?: string;
}

function Begin({ kind, subject, words, label }: BeginProps) {
  const [busy, setBusy] = useState(false);
  async function begin() {
    setBusy(true);
    await beginGuide(kind, subject);
    setBusy(false);
  }
  return <Button busy={busy} disabled={asOf.value !== null} label={label} onPress={begin}>{words}</Button>;
}
