/** Waiting for what comes by itself, by asking again. */

const WITHIN_MS = 10_000;
const ASK_EVERY_MS = 50;

/** What `read` gives once `holds` is true of it; the last thing it gave when that takes too long, for the caller's assertion to show. */
export async function eventually<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  withinMs = WITHIN_MS,
): Promise<T> {
  const until = performance.now() + withinMs;
  let value = await read();
  while (!holds(value) && performance.now() < until) {
    await new Promise((next) => setTimeout(next, ASK_EVERY_MS));
    value = await read();
  }
  return value;
}
