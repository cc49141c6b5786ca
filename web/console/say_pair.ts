/** One link between two registers, in a sentence. */
import type { Pair } from "./pairs.ts";
import { sayMs, sayPercent } from "./words.ts";

/** "Bar and Till 1: direct, 3 ms, loss 0 %." or "Bar and Terrace: over the hub, because …". */
export function sayPair(pair: Pair): string {
  const names = `${pair.a.name} and ${pair.b.name}`;
  if (pair.path === "none") return `${names}: no link is reported.`;
  const parts = [
    pair.path === "direct" ? "direct" : "over the hub",
    ...(pair.rttMs === null ? [] : [sayMs(pair.rttMs)]),
    ...(pair.lossPercent === null ? [] : [`loss ${sayPercent(pair.lossPercent)}`]),
  ];
  const why = pair.path === "relay" && pair.why !== null ? ` Why: ${pair.why.replace(/\.$/, "")}.` : "";
  return `${names}: ${parts.join(", ")}.${why}`;
}
