/** The four states, each a colour and a shape and a word, so that none is told by colour alone. */

export type Mark = "fine" | "look" | "act" | "unknown";

export const MARK_WORDS: Record<Mark, string> = { fine: "Fine", look: "Look", act: "Act", unknown: "Unknown" };

interface StateMarkProps {
  readonly mark: Mark;
  readonly word?: string; // in place of the mark's own; "" where the text beside it says the same
  readonly showWord?: boolean; // absent: the word is for screen readers
}

export function StateMark({ mark, word = MARK_WORDS[mark], showWord }: StateMarkProps) {
  return (
    <>
      <svg class={`mark mark-${mark}`} viewBox="0 0 16 16" aria-hidden="true">
        <MarkShape mark={mark} />
      </svg>
      {word && <span class={showWord ? "mark-word" : "spoken"}>{word}</span>}
    </>
  );
}

/** The shape alone, in a box of 16 by 16, for use inside another drawing. */
export function MarkShape({ mark }: { readonly mark: Mark }) {
  switch (mark) {
    case "fine":
      return <circle cx="8" cy="8" r="6.5" fill="currentColor" />;
    case "look":
      return <path d="M8 1.2 15.3 14a.6.6 0 0 1-.5.9H1.2a.6.6 0 0 1-.5-.9z" fill="currentColor" />;
    case "act":
      return <rect x="1.5" y="1.5" width="13" height="13" rx="1" fill="currentColor" />;
    case "unknown":
      return (
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3.14 3.14" />
      );
  }
}
