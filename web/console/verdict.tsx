/** The answer to "is everything fine?", in one sentence, with the numbers that carry it in one quiet line below. */
import type { View } from "../../shared/api.ts";
import { StateMark } from "../ui/state_mark.tsx";
import { Standing } from "./standing.tsx";
import { factsLine, verdictMark } from "./words.ts";

export function Verdict({ view }: { readonly view: View }) {
  const mark = verdictMark(view);
  return (
    <section class="verdict area-verdict" aria-label="How the venue is doing">
      <div class={`verdict-line verdict-${mark}`} aria-live="polite">
        <span class="verdict-mark">
          <StateMark mark={mark} />
        </span>
        <p class="verdict-text">{view.verdict.text}</p>
      </div>
      <p class="verdict-facts">
        {factsLine(view).map((fact, index) => (
          <span key={index}>
            {index > 0 && <span class="dot" aria-hidden="true">·</span>}
            {fact}
          </span>
        ))}
      </p>
      <Standing view={view} />
    </section>
  );
}
