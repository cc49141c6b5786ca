/** The checks that this one was split with, one tap away. */
import type { Check } from "../../shared/check/check.ts";
import { relatedOf } from "./related.ts";
import { checkHash } from "./route.ts";
import type { Session } from "./session.ts";
import { toldOf } from "./told_of.ts";

export function Related({ session, check }: { readonly session: Session; readonly check: Check }) {
  const { money } = toldOf(session);
  const others = relatedOf(check).flatMap((id) => session.check(id) ?? [])
    .filter(({ state }) => state === "open" || state === "closed");
  if (others.length === 0) return null;
  return (
    <nav class="related" aria-label="Split with">
      <span class="soft">Split with</span>
      {others.map((other) => (
        <a key={other.id} class="button" href={checkHash(other.id)}>
          {other.name ?? other.number} <span class="soft">{other.due === 0 ? "paid" : money(other.due)}</span>
        </a>
      ))}
    </nav>
  );
}
