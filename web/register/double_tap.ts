/**
 * Fingers tap twice. The second tap belongs to what the first one was on: it must not land on what has come up there since, where it would
 * put the change away unread, or open another check.
 */

export const DOUBLE_TAP_MS = 400; // between the two; browsers and systems call up to 500 ms a double click
export const NEAR_PX = 24; // a finger does not hit the same spot twice

export interface Tap {
  readonly at: number; // ms, on a clock that never jumps
  readonly x: number;
  readonly y: number;
  readonly on: unknown; // the button, link or field, the same for two taps on one
}

/** Is `second` the rest of a double tap whose first one was on something else? */
export function isStray(first: Tap | undefined, second: Tap): boolean {
  if (first === undefined || first.on === second.on) return false;
  const isNear = Math.hypot(second.x - first.x, second.y - first.y) < NEAR_PX;
  return isNear && second.at - first.at < DOUBLE_TAP_MS;
}

/** From now on such taps do nothing on this page. Keys and readers press as they like. */
export function dropStrayTaps(page: Document): void {
  let last: Tap | undefined;
  const tapOf = (event: MouseEvent): Tap => (
    { at: event.timeStamp, x: event.clientX, y: event.clientY, on: pressed(event.target) }
  );
  const take = (event: MouseEvent) => {
    if (event.detail === 0) return; // by a key, or a reader
    const tap = tapOf(event);
    if (!isStray(last, tap)) return void (last = tap);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  page.addEventListener("click", take, { capture: true });
  // It would mark a word of what has come up, too.
  page.addEventListener("mousedown", (event) => isStray(last, tapOf(event)) && event.preventDefault(), {
    capture: true,
  });
}

/** What people take for one thing: a button by its words, also where it was drawn anew; a field by itself, and its label for it. */
function pressed(target: EventTarget | null): unknown {
  if (!(target instanceof Element)) return target;
  const button = target.closest("button, a, summary");
  if (button) return `${button.tagName} ${button.textContent}`;
  return target.closest("label")?.control ?? target;
}
