/** Stretches of time and what is left when one is laid over another. Half open: an instant belongs to the stretch that it begins. */

export interface Span {
  readonly from: number;
  readonly until: number;
}

/** In order, none empty, none touching another. */
export function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.filter(({ from, until }) => until > from).toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.until) {
      result[result.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    } else result.push(span);
  }
  return result;
}

/** What both cover. */
export function common(a: readonly Span[], b: readonly Span[]): Span[] {
  const others = merged(b);
  return merged(
    merged(a).flatMap((one) =>
      others.map((other) => ({ from: Math.max(one.from, other.from), until: Math.min(one.until, other.until) }))
    ),
  );
}

/** What `a` covers and `b` does not. */
export function without(a: readonly Span[], b: readonly Span[]): Span[] {
  return merged(b).reduce<Span[]>(
    (left, { from, until }) =>
      left.flatMap((span) =>
        [
          { from: span.from, until: Math.min(span.until, Math.max(span.from, from)) },
          { from: Math.max(span.from, Math.min(span.until, until)), until: span.until },
        ].filter((piece) => piece.until > piece.from)
      ),
    merged(a),
  );
}

export function lengthOf(spans: readonly Span[]): number {
  return merged(spans).reduce((sum, { from, until }) => sum + until - from, 0);
}
