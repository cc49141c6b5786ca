/** Versions as people write them, compared by their numbers: 3.10 is newer than 3.9, and 3.2 is 3.2.0. */

/** Negative when `a` is older than `b`, zero when they are the same version, positive when newer. */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  for (let i = 0; i < Math.max(left.numbers.length, right.numbers.length); i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return comparePreRelease(left.preRelease, right.preRelease);
}

/** The newest of them; undefined when there are none. */
export function newest(versions: readonly string[]): string | undefined {
  return versions.toSorted(compareVersions).at(-1);
}

/** "v3.2.0-beta.2+812" is the numbers 3, 2, 0 and the pre-release "beta.2"; what follows a plus names a build and is not compared. */
function parse(version: string): { numbers: number[]; preRelease: string } {
  const [core = "", ...rest] = version.trim().replace(/^v/i, "").replace(/\+.*$/, "").split("-");
  return { numbers: core.split(".").map((part) => Number.parseInt(part, 10) || 0), preRelease: rest.join("-") };
}

/** A pre-release comes before the release it leads to; two of them compare part by part, numbers by value. */
function comparePreRelease(a: string, b: string): number {
  if (a === b) return 0;
  if (a === "") return 1;
  if (b === "") return -1;
  const left = a.split(".");
  const right = b.split(".");
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = comparePart(left[i] ?? "", right[i] ?? "");
    if (difference !== 0) return difference;
  }
  return 0;
}

function comparePart(a: string, b: string): number {
  if (a === b) return 0;
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b);
  return a < b ? -1 : 1;
}
