/** Who is signed in, beside the sync word; a tap locks the register. What nobody else holds is named first. */
import { useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import type { Session } from "./session.ts";

export function StaffWord({ session }: { readonly session: Session }) {
  const [asking, setAsking] = useState(false);
  const state = session.duty.state.value;
  if (state.kind !== "signed-in") return null;
  const { name } = state.person;
  const lock = () => session.duty.lock();
  return (
    <>
      <button
        type="button"
        class="staff-word"
        aria-label={`${name} is signed in. Lock`}
        onClick={() => session.unsynced.value > 0 ? setAsking(true) : lock()}
      >
        <span class="staff-name">{name}</span>
        <LockShape />
      </button>
      {asking && <Unsynced session={session} onLock={lock} onClose={() => setAsking(false)} />}
    </>
  );
}

function Unsynced({ session, onLock, onClose }: { session: Session; onLock: () => void; onClose: () => void }) {
  const count = session.unsynced.value;
  const has = count === 1 ? "1 change is" : `${count} changes are`;
  return (
    <Dialog title="Not everything is in sync" onClose={onClose}>
      {count > 0
        ? (
          <p>
            {has}{" "}
            on this register only. Nothing is lost by locking it: they go out as soon as the hub is reached. Do not
            clear this register's storage or give it away before that.
          </p>
        )
        : <p>Everything is in sync now.</p>}
      <div class="row">
        <Button kind="main" onPress={onClose}>Stay</Button>
        <Button onPress={onLock}>{count > 0 ? "Lock all the same" : "Lock"}</Button>
      </div>
    </Dialog>
  );
}

function LockShape() {
  return (
    <svg class="lock" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" stroke-width="1.6" />
      <rect x="3" y="7" width="10" height="7" rx="1.5" fill="currentColor" />
    </svg>
  );
}
