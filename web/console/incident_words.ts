/** An incident in short: what it is or was, and whether it is over. Only what was seen to be well is called so, and has the mark of it. */
import type { Incident } from "../../shared/api.ts";
import type { Mark } from "../ui/state_mark.tsx";
import { severityMark } from "./words.ts";

/** `isStale`: what is open is from before the hub went away. */
export function sayState(
  { resolvedAt, resolution, severity }: Pick<Incident, "resolvedAt" | "resolution" | "severity">,
  isStale: boolean,
): { readonly mark: Mark; readonly word: string } {
  if (resolvedAt === null) return { mark: isStale ? "unknown" : severityMark(severity), word: "Open" };
  switch (resolution) {
    case "unmeasured":
      return { mark: "unknown", word: "Not measured any more" };
    case "gone":
      return { mark: "unknown", word: "Taken off the list" };
    case "closed":
      return { mark: "unknown", word: "The venue closed" };
    case "healthy":
    case null: // of an earlier version
      return { mark: "fine", word: "Over" };
  }
}

/** What is to be done about it belongs to what is open; of the rest only what was so. */
export function sayWhat(
  { resolvedAt, unstable, cause, text }: Pick<Incident, "resolvedAt" | "unstable" | "cause" | "text">,
): string {
  if (unstable) return text;
  if (cause !== null) return cause;
  return resolvedAt === null ? text : /^.*?[.!?](?=\s+\p{Lu}|\s*$)/su.exec(text)?.[0] ?? text;
}
