/** Moves a check: to another table, or to another person. */
import { useState } from "preact/hooks";
import type { Check } from "../../shared/check/check.ts";
import type { CheckBody } from "../../shared/check/op.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useAction } from "./action.ts";
import { ownersOffered } from "./owners.ts";
import { useLeaves } from "./leave.ts";
import { ManagerPin } from "./manager_pin.tsx";
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
  const leaves = useLeaves(session);
  const offered = ownersOffered(session.config.value?.staff ?? [], session.checks.value);
  const move = (event: Event) => {
    event.preventDefault();
    const [to, who] = [table.trim(), owner.trim()];
    const gives = who !== "" && who !== check.owner;
    const bodies: CheckBody[] = [
      ...(to !== (check.table ?? "") ? [{ kind: "check.edit", check: check.id, table: to } as const] : []),
    ];
    leaves.run(
      gives && theirs ? { kind: "take-over" } : undefined,
      `Give ${check.owner}'s check to ${who}`,
      async (allowed) => {
        const given = gives ? [{ kind: "check.transfer", check: check.id, owner: who, ...allowed } as const] : [];
        const all = [...bodies, ...given];
        if (all.length === 0 || await action.run(() => session.writeAll(() => all))) onClose();
      },
    );
  };
  return (
    <Dialog title={`Move ${check.number}`} onClose={onClose}>
      <form class="stack" onSubmit={move} noValidate>
        <Field label="To table" value={table} onInput={setTable} maxLength={60} />
        <Field label="To person" value={owner} onInput={setOwner} maxLength={60} autoCapitalize="words" />
        {offered.length > 0 && (
          <div class="reasons" role="group" aria-label="To person">
            {offered.map((name) => <Button key={name} onPress={() => setOwner(name)}>{name}</Button>)}
          </div>
        )}
        <p class="soft">To move single items, tap the item, or use Split.</p>
        <TroubleNote text={action.trouble} />
        <div class="row">
          <Button kind="main" type="submit" busy={action.busy}>Move</Button>
        </div>
      </form>
      <ManagerPin session={session} leaves={leaves} />
    </Dialog>
  );
}
