/** Instants as messages say them: by the clock on the hub's wall. */

/** "19:04"; "21 Nov 19:04" when it was another day. */
export function sayInstant(at: number, now: number): string {
  const date = new Date(at);
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}`;
  if (date.toDateString() === new Date(now).toDateString()) return clock;
  return `${date.getDate()} ${date.toLocaleString("en", { month: "short" })} ${clock}`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
