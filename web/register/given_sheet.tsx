/** A discount that was given: by whom, and off again. */
import type { Check, Discount } from "../../shared/check/check.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useAction } from "./action.ts";
import type { Session } from "./session.ts";
import { toldOf } from "./told_of.ts";
import { discountWords } from "./totals_list.tsx";
import { TroubleNote } from "./trouble_note.tsx";

interface GivenSheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly discount: Discount;
  readonly onClose: () => void;
}

export function GivenSheet({ session, check, discount, onClose }: GivenSheetProps) {
  const action = useAction();
  const { money, nameOf } = toldOf(session);
  const remove = async () => {
    const body = { kind: "discount.remove", check: check.id, discount: discount.id } as const;
    if (await action.run(() => session.write(body))) onClose();
  };
  return (
    <Dialog title="Discount" onClose={onClose}>
      <p>{discountWords(discount, check, money)}</p>
      <p class="soft">Given by {discount.staff ?? nameOf(discount.by)}.</p>
      <TroubleNote text={action.trouble} />
      {check.state === "open"
        ? <Button kind="danger" onPress={remove} busy={action.busy}>Take the discount away</Button>
        : <p class="soft">The check is closed. Open it again to change it.</p>}
    </Dialog>
  );
}
