/** The pair matrix: each register against each other one, direct or by the hub. */
import type { Pair } from "../../../shared/install/pairs.ts";
import { StateMark } from "../../ui/state_mark.tsx";
import { sayFigure } from "./words.ts";

export function Pairs({ pairs }: { readonly pairs: readonly Pair[] }) {
  if (pairs.length === 0) return null;
  return (
    <section aria-labelledby="pairs-title">
      <div class="section-head">
        <h2 id="pairs-title">Pairs</h2>
      </div>
      <PairMatrix pairs={pairs} />
      {pairs.filter(({ path, why }) => path === "relay" && why !== null).map(({ a, b, why }) => (
        <p key={`${a} ${b}`} class="soft pair-why">{a} and {b}: {why}</p>
      ))}
    </section>
  );
}

export function PairMatrix({ pairs }: { readonly pairs: readonly Pair[] }) {
  const names = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  return (
    <div class="wide-table" tabIndex={0} role="region" aria-label="Pairs of registers">
      <table class="grid">
        <thead>
          <tr>
            <td />
            {names.slice(1).map((name) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {names.slice(0, -1).map((a, row) => (
            <tr key={a}>
              <th scope="row">{a}</th>
              {names.slice(1).map((b, column) => (
                <td key={b}>{column >= row && <Cell pair={pairs.find((pair) => pair.a === a && pair.b === b)} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ pair }: { readonly pair: Pair | undefined }) {
  switch (pair?.path) {
    case "direct":
      return (
        <>
          <StateMark mark="fine" word="" /> direct{pair.rttMs === null ? "" : `, ${sayFigure(pair.rttMs)} ms`}
        </>
      );
    case "relay":
      return (
        <>
          <StateMark mark="look" word="" /> by the hub
        </>
      );
    default:
      return (
        <>
          <StateMark mark="unknown" word="" /> not known
        </>
      );
  }
}
