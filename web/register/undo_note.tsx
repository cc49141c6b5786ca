/** What was just done, with a way back for a few seconds. It floats, so that nothing under a finger moves. */
import { Button } from "../ui/button.tsx";
import { useAction } from "./action.ts";
import type { Session } from "./session.ts";
import type { Undo } from "./undo.ts";

interface UndoNoteProps {
  readonly session: Session;
  readonly undo: Undo | null;
  readonly onDone: () => void;
}

export function UndoNote({ session, undo, onDone }: UndoNoteProps) {
  const action = useAction();
  const shown = undo !== null && session.clock.value < undo.until;
  const takeBack = async () => {
    if (undo && await action.run(() => session.write(undo.body))) onDone();
  };
  return (
    <div class="undo" role="status">
      {shown && (
        <p class="undo-note">
          <span>{action.trouble ?? undo.text}</span>
          <Button kind="quiet" onPress={takeBack} busy={action.busy}>Undo</Button>
        </p>
      )}
    </div>
  );
}
