/** A check's story: who did what and when, folded away until someone asks. */
import type { Check } from "../../shared/check/check.ts";
import { sayDateAndClock } from "../lib/time.ts";
import { RelativeTime } from "../ui/relative_time.tsx";
import type { Told } from "./flag_words.ts";
import { tell } from "./story_words.ts";

export function Story({ check, told, now }: { check: Check; told: Told; now: number }) {
  return (
    <details class="story">
      <summary>Story of this check</summary>
      <ol class="story-list">
        {check.story.map((entry) => {
          const { text, at, noEffect } = tell(entry, check, told);
          return (
            <li key={entry.id}>
              <span class="soft small">
                <RelativeTime at={at} now={now} say={sayDateAndClock} />
              </span>
              <span>
                {text}
                {noEffect && <span class="story-idle">no effect: {noEffect}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </details>
  );
}
