/** Something that was asked for: on its way, not to be had, or here. A page shows which, and never an empty list for a failure. */
import type { Answer } from "./http.ts";

export type Loaded<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "ready"; readonly data: T };

export const LOADING = { kind: "loading" } as const;

export function toLoaded<T>(answer: Answer<T>): Loaded<T> {
  return answer.ok ? { kind: "ready", data: answer.data } : { kind: "failed", message: answer.message };
}
