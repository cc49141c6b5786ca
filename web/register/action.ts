/** A button's work, done once however often it is pressed, and what stood in its way. */
import { useRef, useState } from "preact/hooks";

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly message: string };

export interface Action {
  readonly busy: boolean;
  readonly trouble: string | null; // of the last try
  run(work: () => Promise<Outcome>): Promise<boolean>; // false: did not happen, or is happening already
}

export function useAction(): Action {
  const inFlight = useRef(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = async (work: () => Promise<Outcome>) => {
    if (inFlight.current) return false;
    inFlight.current = true; // at once: a second tap may come before the page is drawn again
    setBusy(true);
    setTrouble(null);
    try {
      const outcome = await work();
      if (!outcome.ok) setTrouble(outcome.message);
      return outcome.ok;
    } finally {
      inFlight.current = false;
      setBusy(false);
    }
  };
  return { busy, trouble, run };
}
