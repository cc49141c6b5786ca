/**
 * What must not be in any file of the tree: a path of someone's machine, or the host that packages are fetched from. Both are true on
 * one machine only, and would fail or give it away on every other.
 */

const MACHINE_PATHS = [/\/work\//, /\/root\//, /\/home\/\w/, /\/Users\/\w/, /\b[A-Z]:\\+Users\\+\w/];
const PACKAGE_HOST =
  /\b(?:registry|npm|deb|mirror|proxy|artifactory|nexus|verdaccio)\b[\w.-]*\.(?:com|org|net|io|dev|internal|local|lan)\b/i;
const LOCKED_ADDRESS = /https?:\/\//; // a lock that names hosts was written against a mirror

/** What this file has that no file may have: a sentence each, with its line. */
export function treeViolations(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const where = `${path}:${index + 1}`;
    if (MACHINE_PATHS.some((pattern) => pattern.test(line))) return [`${where} has a path of one machine`];
    if (PACKAGE_HOST.test(line)) return [`${where} names a host of packages`];
    if (path.endsWith(".lock") && LOCKED_ADDRESS.test(line)) return [`${where} locks a package to a host`];
    return [];
  });
}
