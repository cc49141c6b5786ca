/** Closes a check with the total that stands now. */
import type { OpId } from "../../shared/ids.ts";
import type { Outcome } from "./action.ts";
import type { Session } from "./session.ts";

export async function closeCheck(session: Session, id: OpId): Promise<Outcome> {
  const total = session.check(id)?.totals.total ?? 0;
  const closed = await session.write({ kind: "check.close", check: id, total });
  return closed.ok ? closed : { ok: false, message: `The check is still open. ${closed.message}` };
}
