/** Changes that belong together: written all or none, and looked at before they are. */
import { CheckBody, type CheckOp } from "./check/op.ts";
import type { OpId } from "./ids.ts";

/** `idAt(n)` is the id that the op at place n will have, for those that speak of what an earlier one creates. */
export type Plan = (idAt: (place: number) => OpId) => readonly CheckBody[];

export type PlanOutcome =
  | { readonly ok: true; readonly ids: readonly OpId[] }
  | { readonly ok: false; readonly message: string };

export type Checked =
  | { readonly ok: true; readonly ops: readonly CheckOp[] }
  | { readonly ok: false; readonly message: string };

/** The ops as the hub will have them, or why it would refuse one of them: stored, that one would stop all sync. */
export function checked(ops: readonly CheckOp[]): Checked {
  const sound: CheckOp[] = [];
  for (const op of ops) {
    const { success, data, error } = CheckBody.safeParse(op.body);
    if (!success) {
      const { path, message } = error.issues[0]!;
      return { ok: false, message: `This cannot be saved: ${path.join(".") || op.body.kind}: ${message}` };
    }
    sound.push({ ...op, body: data });
  }
  return { ok: true, ops: sound };
}
