/** For whom the next items are. Shown once a check has guests to tell apart. */
import type { Check } from "../../shared/check/check.ts";
import { seatsOffered, seatWords } from "./seats.ts";

interface SeatRowProps {
  readonly check: Check;
  readonly seat: number;
  readonly onChoose: (seat: number) => void;
}

export function SeatRow({ check, seat, onChoose }: SeatRowProps) {
  const inUse = check.lines.some((line) => (line.seat ?? 0) > 0);
  if (!inUse && (check.guests ?? 0) < 2) return null;
  return (
    <div class="seats" role="group" aria-label="Seat for new items">
      {seatsOffered(check).map((each) => (
        <button
          key={each}
          type="button"
          class="seat"
          aria-label={seatWords(each)}
          aria-pressed={each === seat ? "true" : "false"}
          onClick={() => onChoose(each)}
        >
          {each === 0 ? "Table" : each}
        </button>
      ))}
    </div>
  );
}
