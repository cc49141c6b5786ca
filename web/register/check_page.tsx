/** The page of one check: the check, where it is now if it was merged, or where it is if it is not here. */
import { useEffect } from "preact/hooks";
import { type OpId, registerOf } from "../../shared/ids.ts";
import { sayDateAndClock } from "../lib/time.ts";
import { CheckView } from "./check_view.tsx";
import { BOARD, checkHash } from "./route.ts";
import type { Session } from "./session.ts";
import { SyncWord } from "./sync_word.tsx";
import { whereabouts } from "./whereabouts.ts";

interface CheckPageProps {
  readonly session: Session;
  readonly id: OpId;
  readonly opens?: "pay";
}

export function CheckPage({ session, id, opens }: CheckPageProps) {
  const check = session.check(id);
  const into = check?.mergedInto;
  useEffect(() => {
    if (into !== undefined) location.replace(checkHash(into)); // all of it is there now, also what comes later
  }, [into]);
  if (into !== undefined) return null;
  if (check && check.state !== "awaited") return <CheckView session={session} check={check} opens={opens} />;
  return <NotHere session={session} id={id} />;
}

function NotHere({ session, id }: { session: Session; id: OpId }) {
  const { title, what, todo } = whereabouts({
    holder: registerOf(id),
    own: session.enrolment.value.registerId,
    state: session.state.value,
    awaySince: session.awaySince.value,
    peers: session.peers.value,
    clockOf: (at) => sayDateAndClock(at, session.clock.value),
  });
  return (
    <div>
      <header class="bar">
        <a class="back" href={BOARD}>Checks</a>
        <SyncWord session={session} />
      </header>
      <main class="page page-narrow">
        <h1 tabIndex={-1}>{title}</h1>
        <p>{what}</p>
        <p class="todo">{todo}</p>
        <p class="soft">It opens here by itself as soon as it comes.</p>
      </main>
    </div>
  );
}
