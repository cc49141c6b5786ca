/** A fault and what the hub makes of it: what it says, how soon, what it blames besides, and whether it is quiet once the fault is gone. */
import assert from "node:assert/strict";
import type { Incident, View } from "../../shared/api.ts";
import type { Part } from "./venue.ts";
import { type Shop, until } from "./shop.ts";

const SAID_WITHIN_MS = 45_000; // no measure of the product, which is printed, but of a machine that does other things too
const OVER_WITHIN_MS = 60_000;

export interface Fault {
  readonly name: string; // for the line that is printed
  readonly part: Part;
  readonly says: RegExp; // the verdict of the ladder, as the view words it
  readonly code: string; // of the one finding
  readonly effects: readonly string[]; // codes that may hang under it; none: it explains nothing else
  readonly meanwhile?: () => Promise<void>; // while it lasts
}

/** The codes of what nobody else explains. */
export function codesOf(view: View): string[] {
  return view.findings.map(({ code }) => code).toSorted();
}

/** Incidents that are not among `before`, oldest first. */
export function since(before: readonly Incident[], view: View): Incident[] {
  const known = new Set(before.map(({ id }) => id));
  return view.incidents.filter(({ id }) => !known.has(id)).toReversed();
}

/** Puts the fault in, sees it told as one incident and nothing else, takes it out, and sees silence. The incident, as it ended. */
export async function suffer(shop: Shop, { name, part, says, code, effects, meanwhile }: Fault): Promise<Incident> {
  const { incidents: before } = await shop.view();
  const from = performance.now();
  const seconds = (moment: number) => `${((moment - from) / 1_000).toFixed(1)} s`;
  await part.off();
  const lines: string[] = [];
  try {
    const [verdict, found] = await Promise.all([
      told(shop, ({ internet }) => says.test(internet.text), `${name}: the ladder says ${says}`),
      told(shop, (view) => codesOf(view).includes(code), `${name}: ${code} is found`),
    ]);
    lines.push(`verdict after ${seconds(verdict)}`, `finding after ${seconds(found)}`);
    assert.deepEqual(codesOf(await shop.view()), [code], name);
    await meanwhile?.();
    assert.deepEqual(codesOf(await shop.view()), [code], `${name}, after a while`);
  } finally {
    await part.on();
  }
  const healed = performance.now();
  const quiet = (view: View) => view.findings.length === 0 && view.incidents.every(({ resolvedAt }) => resolvedAt);
  lines.push(`over ${((await told(shop, quiet, `${name} is over`) - healed) / 1_000).toFixed(1)} s after it was`);
  console.log(`${name}: ${lines.join(", ")}`);

  const incidents = since(before, await shop.view()).filter(({ code }) => code !== "hub-off");
  const roots = incidents.filter(({ parentId }) => parentId === null);
  assert.deepEqual(roots.map((each) => [each.code, each.unstable]), [[code, null]], name);
  for (const other of incidents.filter((each) => each !== roots[0])) {
    assert.ok(effects.includes(other.code) && other.parentId === roots[0]!.id, `${name}: ${other.code} ${other.text}`);
  }
  const strange = roots[0]!.effects.filter((effect) => !effects.includes(effect.code));
  assert.deepEqual(strange, [], `${name}, from ${roots[0]!.since} to ${roots[0]!.endedAt}`);
  return roots[0]!;
}

async function told(shop: Shop, holds: (view: View) => boolean, what: string): Promise<number> {
  let last: View | undefined;
  try {
    await until(
      async () => holds(last = await shop.view()),
      what,
      what.endsWith("over") ? OVER_WITHIN_MS : SAID_WITHIN_MS,
    );
    return performance.now();
  } catch (failure) {
    const findings = last?.findings.map(({ code, text }) => `${code}: ${text}`) ?? [];
    throw new Error([String(failure), last?.router.text, last?.internet.text, ...findings].join("\n"));
  }
}
