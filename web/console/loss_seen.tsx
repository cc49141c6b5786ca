/** The answer to lost changes: a manager says that it was seen, and the finding goes. What turned up meanwhile needs no answer. */
import { useState } from "preact/hooks";
import type { Finding, Loss, View } from "../../shared/api.ts";
import { NOTHING, request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { asOf, showToast } from "./state.ts";

interface LossSeenProps {
  readonly finding: Finding;
  readonly losses: View["losses"];
}

export function LossSeen({ finding, losses }: LossSeenProps) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const own = lossesOf(finding, losses);
  if (own.length === 0 || asOf.value) return null;
  async function seen() {
    setBusy(true);
    const answers = await Promise.all(
      own.map(({ id }) => request(NOTHING, `/api/losses/${encodeURIComponent(id)}/seen`, { method: "POST" })),
    );
    setBusy(false);
    const failed = answers.find((answer) => !answer.ok && answer.status !== 404);
    setTrouble(failed && !failed.ok ? failed.message : undefined);
    if (!failed) showToast("It is taken off the list. The history keeps it.");
  }
  return (
    <div class="row todo-answer">
      <Button busy={busy} onPress={seen}>I have seen this</Button>
      {trouble && <p class="field-trouble" role="alert">{trouble}</p>}
    </div>
  );
}

/** The losses that a finding tells of. */
export function lossesOf({ code, subject }: Finding, losses: readonly Loss[]): Loss[] {
  return code === "changes-lost" ? losses.filter(({ register }) => register === subject) : [];
}
