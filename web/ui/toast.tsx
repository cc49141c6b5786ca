/** One sentence at the foot of the page about something that just happened. It asks for nothing. */

export function Toast({ text }: { readonly text: string | null }) {
  return <div role="status" aria-live="polite">{text && <p class="toast">{text}</p>}</div>;
}
