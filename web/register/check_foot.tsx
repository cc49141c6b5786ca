/** What can be done with a check, always in the same place: what is rarer first, the money last. */
import type { Check } from "../../shared/check/check.ts";
import { reopening } from "../../shared/check/reopening.ts";
import { Button } from "../ui/button.tsx";
import { useAction } from "./action.ts";
import { figureOf } from "./board_view.ts";
import { closeCheck } from "./close_check.ts";
import { useLeaves } from "./leave.ts";
import { ManagerPin } from "./manager_pin.tsx";
import { BOARD } from "./route.ts";
import { unsent } from "./seats.ts";
import type { Session } from "./session.ts";
import { toldOf } from "./told_of.ts";
import { TroubleNote } from "./trouble_note.tsx";

const SEND_MAX = 200; // lines in one op
const DEEDS = [["split", "Split"], ["merge", "Merge"], ["move", "Move"], ["discount", "Discount"]] as const;
export type FootSheet = typeof DEEDS[number][0] | "pay";

interface CheckFootProps {
  readonly session: Session;
  readonly check: Check;
  readonly onSheet: (kind: FootSheet) => void;
}

export function CheckFoot({ session, check, onSheet }: CheckFootProps) {
  const action = useAction();
  const { money } = toldOf(session);
  const figure = figureOf(check);
  const open = check.state === "open";
  const closing = async () => {
    if (await action.run(() => closeCheck(session, check.id))) location.hash = BOARD;
  };
  const leaves = useLeaves(session);
  const again = check.state === "void" ? "Restore" : "Open again";
  const reopen = () =>
    leaves.run(
      { kind: "reopen" },
      `${again}: check ${check.number}`,
      (allowed) => action.run(() => session.write({ ...reopening(session.check(check.id) ?? check), ...allowed })),
    );
  return (
    <>
      <TroubleNote text={action.trouble} />
      {open && (
        <div class="deeds" role="group" aria-label="With this check">
          {DEEDS.map(([kind, text]) => <Button key={kind} kind="quiet" onPress={() => onSheet(kind)}>{text}</Button>)}
        </div>
      )}
      <div class="pay">
        <p class="pay-due">
          <span class="soft">{figure.name}</span>
          <span class="figure">{money(figure.amount)}</span>
        </p>
        <div class="pay-buttons">
          {open && <Send session={session} check={check} />}
          {!open && <Button onPress={reopen} busy={action.busy}>{again}</Button>}
          {check.due > 0 && <Button kind="main" onPress={() => onSheet("pay")}>Pay {money(check.due)}</Button>}
          {check.due <= 0 && open && (
            <Button kind={check.lines.length > 0 ? "main" : "plain"} onPress={closing} busy={action.busy}>
              Close check
            </Button>
          )}
        </div>
      </div>
      <ManagerPin session={session} leaves={leaves} />
    </>
  );
}

/** What the kitchen has not been told of, with one tap. */
function Send({ session, check }: { session: Session; check: Check }) {
  const action = useAction();
  const lines = unsent(check.lines).slice(0, SEND_MAX);
  if (lines.length === 0) return null;
  const send = () =>
    action.run(() => session.write({ kind: "line.send", check: check.id, lines: lines.map(({ id }) => id) }));
  return (
    <Button onPress={send} busy={action.busy} label={`Send ${lines.length} to the kitchen`}>Send {lines.length}</Button>
  );
}
