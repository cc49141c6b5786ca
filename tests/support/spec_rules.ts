/**
 * The numbered rules of a specification, and the rules that tests cite in their names. A rule begins a list item, in bold:
 * `- **SYN4** a gap asks again …`; a test cites it in brackets at the start of its name: `[SYN4] …`, `[SYN4, SYN5] …`.
 */

const RULE = /^\s*(?:[-*]|\d+\.)\s+\*\*([A-Z]{3}\d+)\*\*/gm;
const CITATION = /["'`](\[[A-Z]{3}\d+(?:[\], [A-Z\d]*)\])/g;
const ID = /[A-Z]{3}\d+/g;

/** The ids of a specification's rules, in its order, with repetitions. */
export function rulesIn(spec: string): string[] {
  return [...spec.matchAll(RULE)].map((match) => match[1]!);
}

/** The ids that the strings of a test file cite. */
export function citationsIn(test: string): string[] {
  return [...test.matchAll(CITATION)].flatMap((match) => match[1]!.match(ID) ?? []);
}

/** Where specification and tests part: a sentence each. */
export function disagreements(spec: string, tests: ReadonlyMap<string, string>): string[] {
  const rules = rulesIn(spec);
  const cited = new Set<string>();
  const found = [...new Set(rules.filter((rule, index) => rules.indexOf(rule) !== index))]
    .map((rule) => `${rule} is in the specification twice`);
  for (const [path, text] of tests) {
    for (const id of new Set(citationsIn(text))) {
      cited.add(id);
      if (!rules.includes(id)) found.push(`${path} cites ${id}, which the specification does not have`);
    }
  }
  const unproved = [...new Set(rules)].filter((rule) => !cited.has(rule));
  return [...found, ...unproved.map((rule) => `${rule} is cited by no test`)];
}
