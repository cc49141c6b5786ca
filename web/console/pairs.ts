/** Two registers and the way between them. Each side reports its own view of a link; a pair is the worse of the two. */
import type { LinkView, RegisterView, View } from "../../shared/api.ts";

export interface Pair {
  readonly a: RegisterView;
  readonly b: RegisterView;
  readonly path: "direct" | "relay" | "none"; // none: neither side reports a link
  readonly rttMs: number | null;
  readonly lossPercent: number | null;
  readonly why: string | null;
  readonly since: string | null;
}

/** Every pair of registers, in the order of the registers. */
export function pairsOf({ registers, links }: Pick<View, "registers" | "links">): Pair[] {
  return registers.flatMap((a, index) =>
    registers.slice(index + 1).map((b) => merge(a, b, links.filter((link) => joins(link, a.id, b.id))))
  );
}

function joins(link: LinkView, a: string, b: string): boolean {
  return (link.from === a && link.peer === b) || (link.from === b && link.peer === a);
}

function merge(a: RegisterView, b: RegisterView, links: readonly LinkView[]): Pair {
  const worst = links.find((link) => link.path === "relay") ?? links[0];
  if (!worst) return { a, b, path: "none", rttMs: null, lossPercent: null, why: null, since: null };
  return {
    a,
    b,
    path: worst.path,
    rttMs: highest(links.map((link) => link.rttMs)),
    lossPercent: highest(links.map((link) => link.lossPercent)),
    why: worst.why ?? null,
    since: worst.since ?? null,
  };
}

function highest(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}
