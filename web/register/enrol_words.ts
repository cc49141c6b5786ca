/** Why a code did not enrol this register, and what to do now. */

const CODE_LENGTH = 6;

/** `code` is the hub's word for it; `message` the hub's own sentence, for what this page does not know. */
export function enrolTrouble(code: string, message: string): string {
  switch (code) {
    case "wrong-code":
      return "The hub does not know this code. Check it letter by letter, or ask a manager for a new one.";
    case "code-used":
      return "This code was used already. Each one is good for one register: ask a manager for a new one.";
    case "code-expired":
      return "This code is too old: it is good for a quarter of an hour. Ask a manager for a new one.";
    default:
      return message;
  }
}

/** What is wrong with a code before the hub is asked; undefined when nothing is. `code` is normalized. */
export function codeTrouble(code: string): string | undefined {
  return code.length === CODE_LENGTH ? undefined : `A code has ${CODE_LENGTH} letters and digits.`;
}

/** What becomes of changes that were not handed over before the hub let this register go. */
export function leftBehind(unsynced: number): string {
  if (unsynced === 0) return "Everything done here was handed over. Nothing is lost.";
  const [what, they, them] = unsynced === 1 ? ["1 change", "It is", "it"] : [`${unsynced} changes`, "They are", "them"];
  return `${what} made here did not reach the hub. ${they} kept on this register; enrol it again and it hands ${them} over.`;
}
