/** Moves a check: to another table, or to another person. */
import { useState } from "preact/hooks";
import type { Check } from "../../shared/check/check.ts";
import type { CheckBody } from "../../shared/check/op.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useAction } from "./action.ts";
import { ownersOffered } from "./owners.ts";
import { NeedsManager } from "./reasons.tsx";
import type { Session } from "./session.ts";
import { TroubleNote } from "./trouble_note.tsx";

interface MoveSheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly onClose: () => void;
}

export function MoveSheet({ session, check, onClose }: MoveSheetProps) {
  const [table, setTable] = useState(check.table ?? "");
  const [owner, setOwner] = useState(check.owner ?? "");
  const action = useAction();
  const theirs = check.owner !== undefined && check.owner !== session.who.name;
  const mayGive = !theirs || session.who.may({ kind: "take-over" });
  const offered = ownersOffered(session.config.value?.staff ?? [], session.checks.value);
  const move = async (event: Event) => {
    event.preventDefault();
    const [to, who] = [table.trim(), owner.trim()];
    const bodies: CheckBody[] = [
      ...(to !== (check.table ?? "") ? [{ kind: "check.edit", check: check.id, table: to } as const] : []),
      ...(who !== "" && who !== check.owner ? [{ kind: "check.transfer", check: check.id, owner: who } as const] : []),
    ];
    if (bodies.length === 0 || await action.run(() => session.writeAll(() => bodies))) onClose();
  };
  return (
    <Dialog title={`Move ${check.number}`} onClose={onClose}>
      <form class="stack" onSubmit={move} noValidate>
        <Field label="To table" value={table} onInput={setTable} maxLength={60} />
        {mayGive
          ? (
            <>
              <Field label="To person" value={owner} onInput={setOwner} maxLength={60} autoCapitalize="words" />
              {offered.length > 0 && (
                <div class="reasons" role="group" aria-label="To person">
                  {offered.map((name) => <Button key={name} onPress={() => setOwner(name)}>{name}</Button>)}
                </div>
              )}
            </>
          )
          : <NeedsManager what={`It is ${check.owner}'s.`} />}
        <p class="soft">To move single items, tap the item, or use Split.</p>
        <TroubleNote text={action.trouble} />
        <div class="row">
          <Button kind="main" type="submit" busy={action.busy}>Move</Button>
        </div>
      </form>
    </Dialog>
  );
}
