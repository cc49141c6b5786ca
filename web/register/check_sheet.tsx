/** The sheet that lies over a check: one at a time. */
import type { Check } from "../../shared/check/check.ts";
import type { OpId } from "../../shared/ids.ts";
import { DetailsSheet } from "./details_sheet.tsx";
import { DiscountSheet } from "./discount_sheet.tsx";
import { GivenSheet } from "./given_sheet.tsx";
import { LineSheet } from "./line_sheet.tsx";
import { MergeSheet } from "./merge_sheet.tsx";
import { MoveSheet } from "./move_sheet.tsx";
import { PaymentSheet } from "./payment_sheet.tsx";
import { PaySheet } from "./pay_sheet.tsx";
import { BOARD } from "./route.ts";
import type { Session } from "./session.ts";
import { SplitSheet } from "./split_sheet.tsx";
import { type Undo, undoDiscount } from "./undo.ts";

export type Sheet =
  | { readonly kind: "pay"; readonly amount?: number } // absent: all that is due
  | { readonly kind: "split" | "merge" | "move" | "discount" | "details" }
  | { readonly kind: "line" | "payment" | "given"; readonly id: OpId }; // given: a discount

interface CheckSheetProps {
  readonly session: Session;
  readonly check: Check;
  readonly sheet: Sheet | null;
  readonly onSheet: (sheet: Sheet | null) => void;
  readonly onUndo: (undo: Undo) => void;
}

export function CheckSheet({ session, check, sheet, onSheet, onUndo }: CheckSheetProps) {
  const onClose = () => onSheet(null);
  const common = { session, check, onClose };
  switch (sheet?.kind) {
    case undefined:
      return null;
    case "pay":
      return <PaySheet {...common} initial={sheet.amount} onSettled={() => (location.hash = BOARD)} />;
    case "split":
      return <SplitSheet {...common} onPayPart={(amount) => onSheet({ kind: "pay", amount })} />;
    case "merge":
      return <MergeSheet {...common} />;
    case "move":
      return <MoveSheet {...common} />;
    case "discount":
      return <DiscountSheet {...common} onGiven={(id) => onUndo(undoDiscount(check.id, id, session.clock.value))} />;
    case "details":
      return <DetailsSheet {...common} />;
    case "line": {
      const line = check.lines.find(({ id }) => id === sheet.id);
      return line ? <LineSheet {...common} line={line} /> : null;
    }
    case "payment": {
      const payment = check.payments.find(({ id }) => id === sheet.id);
      return payment ? <PaymentSheet {...common} payment={payment} /> : null;
    }
    case "given": {
      const discount = check.discounts.find(({ id }) => id === sheet.id);
      return discount ? <GivenSheet {...common} discount={discount} /> : null;
    }
  }
}
