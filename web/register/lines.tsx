/** What is on a check: its lines by seat, and what it comes to. */
import { useEffect, useRef } from "preact/hooks";
import type { Check, Line } from "../../shared/check/check.ts";
import { sayClock } from "../lib/time.ts";
import type { Told } from "./flag_words.ts";
import { bySeat, seatWords } from "./seats.ts";

interface LinesProps {
  readonly check: Check;
  readonly told: Told;
  readonly onChoose: (line: Line) => void;
}

export function Lines({ check, told, onChoose }: LinesProps) {
  const end = useRef<HTMLLIElement>(null);
  const count = useRef(check.lines.length);
  useEffect(() => {
    if (check.lines.length > count.current) end.current?.scrollIntoView({ block: "nearest" });
    count.current = check.lines.length;
  }, [check.lines.length]);
  if (check.lines.length === 0) return <p class="soft lines-empty">Nothing on it yet. Tap an item of the menu.</p>;
  const groups = bySeat(check.lines);
  const plain = groups.length === 1 && groups[0]!.seat === 0;
  return (
    <ul class="lines">
      {groups.map(({ seat, lines }) => (
        <li key={seat}>
          {!plain && <h2 class="seat-head">{seatWords(seat)}</h2>}
          <ul>{lines.map((line) => <LineRow key={line.id} line={line} told={told} onChoose={onChoose} />)}</ul>
        </li>
      ))}
      <li ref={end} aria-hidden="true" />
    </ul>
  );
}

function LineRow({ line, told, onChoose }: { line: Line; told: Told; onChoose: LinesProps["onChoose"] }) {
  const { voided, share, sent } = line;
  const each = line.modifiers.reduce((sum, modifier) => sum + modifier.price, line.price);
  return (
    <li>
      <button type="button" class={voided ? "line line-void" : "line"} onClick={() => onChoose(line)}>
        <span class="line-quantity">{line.quantity}</span>
        <span class="line-name">
          <span class="line-words">{line.name}</span>
          {share && <span class="line-share">{share.parts} of {share.of} parts</span>}
          {line.modifiers.length > 0 && (
            <span class="line-note">{line.modifiers.map(({ name }) => name).join(", ")}</span>
          )}
          {line.note && <span class="line-note">{line.note}</span>}
          {(line.course ?? 0) > 0 && <span class="line-note">course {line.course}</span>}
          {sent && !voided && <span class="line-note line-sent">sent {sayClock(sent.at.ms)}</span>}
          {voided && <span class="line-note">taken off: {voided.reason}</span>}
        </span>
        <span class="line-price">{told.money(voided ? each * line.quantity : line.amounts.gross)}</span>
      </button>
    </li>
  );
}
