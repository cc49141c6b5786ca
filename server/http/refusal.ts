/** A request that cannot be done: thrown anywhere in a handler, answered as `{error: {code, message, issues?}}`. */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ErrorResponse } from "../../shared/api.ts";

/** `message` speaks to the person who gets it and says the next step. */
export class Refusal extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    readonly code: string,
    message: string,
    readonly issues?: ErrorResponse["error"]["issues"],
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

export function answerFailure(failure: Error, c: Context): Response {
  if (failure instanceof Refusal) {
    const { status, code, message, issues, retryAfterMs } = failure;
    if (retryAfterMs !== undefined) c.header("Retry-After", `${Math.ceil(retryAfterMs / 1_000)}`);
    return c.json({ error: { code, message, ...(issues ? { issues } : {}) } } satisfies ErrorResponse, status);
  }
  console.error(failure);
  return c.json({ error: { code: "internal", message: "The hub could not do this. Its terminal says why" } }, 500);
}
