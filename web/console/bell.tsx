/** The bell at the top: how much fails now, and whether this device would sound. It leads to all about notices. */
import type { View } from "../../shared/api.ts";
import { audible, sound } from "./alarm.ts";
import { failing } from "./failing.ts";
import { go } from "./route.ts";
import { sayCount } from "./words.ts";

export function Bell({ view }: { readonly view: View }) {
  const count = failing(view).size;
  const silent = sound.value === "off" || !audible.value;
  const heard = sound.value === "off" ? "sound is off here" : silent ? "tap for sound" : "sound is on";
  const fails = count === 0 ? "nothing fails" : `${sayCount(count, "failure")} now`;
  return (
    <button
      type="button"
      class="button button-quiet bell"
      aria-label={`Notices: ${fails}, ${heard}`}
      title={`Notices: ${fails}, ${heard}`}
      onClick={() => go({ kind: "notices" })}
    >
      <svg class="bell-icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 3a6 6 0 0 0-6 6v4.5L4 17h16l-2-3.5V9a6 6 0 0 0-6-6zM9.8 19.5a2.3 2.3 0 0 0 4.4 0" />
        {silent && <path d="M3.5 3.5l17 17" />}
      </svg>
      {count > 0 && <span class="bell-count" aria-hidden="true">{count}</span>}
    </button>
  );
}
