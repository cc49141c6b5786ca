/** The days of the venue: from when to when it is open, by its own clock on the wall, through the end of summer time. */

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const FIRST_DAY = Date.parse("2026-10-05T00:00:00.000Z"); // a Monday
const SUMMER_ENDS = Date.parse("2026-10-25T01:00:00.000Z");
const OPENS_AT = 14; // on the wall

/** How much time goes by, and how densely things go wrong in it. */
export interface Season {
  readonly days: number;
  readonly openMinutes: number; // of each
  readonly calmMinutes: number; // at most, between two faults of one kind
  readonly nightTickS: number; // how often the hub looks while nothing is there but itself
}

/** Four hours an evening; at night fewer looks than samples would need, but no gap. */
export const MONTH: Omit<Season, "days"> = { openMinutes: 240, calmMinutes: 40, nightTickS: 14 };
/** For the ordinary suite. */
export const FEW_EVENINGS: Season = { days: 2, openMinutes: 120, calmMinutes: 12, nightTickS: 14 };

/** As the hub is told them. */
export function openingHours({ openMinutes }: Season) {
  const closes = (OPENS_AT * 60 + openMinutes) % 1_440;
  const clock = [Math.floor(closes / 60), closes % 60].map((n) => String(n).padStart(2, "0")).join(":");
  return {
    timeZone: "Europe/Lisbon",
    week: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, opens: `${OPENS_AT}:00`, closes: clock })),
  };
}

/** When the venue opens on day `day`, from 0. */
export function opening(day: number): number {
  const noon = FIRST_DAY + day * DAY_MS + 12 * HOUR_MS;
  return FIRST_DAY + day * DAY_MS + (OPENS_AT - (noon < SUMMER_ENDS ? 1 : 0)) * HOUR_MS;
}

export function closing(day: number, { openMinutes }: Season): number {
  return opening(day) + openMinutes * MINUTE_MS;
}
