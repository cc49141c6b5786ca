/** The days of the venue of the month: from which instant on it is open, by its own clock on the wall, through the end of summer time. */

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const OPEN_HOURS = 10;
export const FIRST_DAY = Date.parse("2026-10-05T00:00:00.000Z"); // a Monday
const SUMMER_ENDS = Date.parse("2026-10-25T01:00:00.000Z");
const OPENS_AT = 14; // on the wall

/** As the hub is told them. */
export const HOURS = {
  timeZone: "Europe/Lisbon",
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, opens: "14:00", closes: "00:00" })),
};

/** When the venue opens on day `day`, from 0. */
export function opening(day: number): number {
  const noon = FIRST_DAY + day * DAY_MS + 12 * HOUR_MS;
  return FIRST_DAY + day * DAY_MS + (OPENS_AT - (noon < SUMMER_ENDS ? 1 : 0)) * HOUR_MS;
}

export function closing(day: number): number {
  return opening(day) + OPEN_HOURS * HOUR_MS;
}
