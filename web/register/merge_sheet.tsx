/** Brings another open check into this one. What they come to together is shown first, because it cannot be taken back. */
import { useState } from "preact/hooks";
import type { Check } from "../../shared/check/check.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useAction } from "./action.ts";
import { CheckChoice } from "./check_choice.tsx";
import type { Session } from "./session.ts";
import { toldOf } from "./told_of.ts";
import { TroubleNote } from "./trouble_note.tsx";

interface MergeSheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly onClose: () => void;
}

export function MergeSheet({ session, check, onClose }: MergeSheetProps) {
  const [other, setOther] = useState<Check | null>(null);
  const action = useAction();
  const { money } = toldOf(session);
  const plan = (from: Check) => () => [{ kind: "check.merge", check: from.id, into: check.id } as const];
  const after = other && session.preview(plan(other)).get(check.id);
  const merge = async () => {
    if (other && await action.run(() => session.writeAll(plan(other)))) onClose();
  };
  return (
    <Dialog title={`Merge into ${check.number}`} onClose={onClose}>
      <CheckChoice session={session} not={check.id} chosen={other?.id} onChoose={setOther} />
      {other && after && (
        <div class="stack">
          <p>
            Everything on {other.number} comes to {check.number}, which is then at{" "}
            <strong>{money(after.due)}</strong>. This cannot be taken back.
          </p>
          <TroubleNote text={action.trouble} />
          <Button kind="main" onPress={merge} busy={action.busy}>Merge {other.number} into {check.number}</Button>
        </div>
      )}
    </Dialog>
  );
}
