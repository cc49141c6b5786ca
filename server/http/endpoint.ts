/** What is said of one endpoint: who may call it, what it takes and what it answers. */
import type { z } from "zod";

/** Anyone; a browser with the passphrase's cookie; a register by its token. */
export type Caller = "anyone" | "manager" | "register";

export interface Answer {
  readonly status: 101 | 200 | 201 | 204;
  readonly says: string;
  readonly schema?: z.ZodType;
  readonly media?: string; // application/json when absent
}

export interface Query {
  readonly says: string;
  readonly schema: z.ZodType;
}

/** A refusal that only this endpoint knows; those of its caller and its body come by themselves. */
export type Refused = readonly [status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 426 | 429, code: string];

export interface Endpoint {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string; // as OpenAPI writes it
  readonly caller: Caller;
  readonly says: string; // one sentence
  readonly params?: Readonly<Record<string, string>>; // of the path: what each is
  readonly query?: Readonly<Record<string, Query>>;
  readonly body?: z.ZodType;
  readonly bodyMedia?: string; // application/json when absent
  readonly example?: unknown; // of the body
  readonly answer: Answer;
  readonly also?: Answer; // another good end
  readonly refused?: readonly Refused[];
}
