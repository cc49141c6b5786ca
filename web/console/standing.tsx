/** What holds for the whole venue just now and changes what is said: maintenance, or that it is closed. */
import type { View } from "../../shared/api.ts";
import { sayDateAndClock } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { go } from "./route.ts";
import { asOf, now } from "./state.ts";

export function Standing({ view: { maintenance, open } }: { readonly view: View }) {
  if (asOf.value !== null || (maintenance === null && open)) return null;
  return (
    <div class="standing">
      {maintenance !== null && (
        <p>
          Maintenance until {sayDateAndClock(Date.parse(maintenance.endsAt), now.value)}:{" "}
          {maintenance.words}. Nobody is told of what happens meanwhile.
        </p>
      )}
      {!open && <p>The venue is closed. A register that is switched off is as it should be.</p>}
      {maintenance !== null && <Button kind="quiet" onPress={() => go({ kind: "maintenance" })}>Maintenance</Button>}
    </div>
  );
}
