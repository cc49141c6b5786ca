/**
 * One way to call the hub. What can be expected is a value: an answer, a refusal with the hub's words, or no answer at all. An
 * answer is parsed by the schema that the hub promises in `shared/api.ts`.
 */
import { z } from "zod";
import { ErrorResponse } from "../../shared/api.ts";

const ANSWER_WITHIN_MS = 10_000; // the hub is in the same room; after this it is not coming

export const OFFLINE = "offline"; // the hub did not answer
export const UNREADABLE = "unreadable"; // it answered with something else than its contract

export type Answer<T> =
  | { readonly ok: true; readonly data: T }
  | {
    readonly ok: false;
    readonly status: number; // 0: no answer
    readonly code: string;
    readonly message: string;
    readonly issues?: readonly { readonly path: string; readonly message: string }[]; // what is wrong where, if the hub said so
  };

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown; // sent as JSON
  readonly file?: Blob; // sent as it is, in the place of a body
  readonly token?: string; // of a register; a manager has a cookie
  readonly withinMs?: number; // for what takes the hub longer than the usual
  readonly fetch?: typeof fetch; // handed in by tests
}

/** Calls the hub and reads its answer. Never throws for what a network or a hub may do. */
export async function request<T>(schema: z.ZodType<T>, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const patience = new AbortController(); // AbortSignal.timeout is not there before iPadOS 16
  const timer = setTimeout(() => patience.abort(), options.withinMs ?? ANSWER_WITHIN_MS);
  let response: Response;
  let text: string;
  try {
    response = await (options.fetch ?? fetch)(path, { ...init(options), signal: patience.signal });
    text = await response.text();
  } catch {
    return {
      ok: false,
      status: 0,
      code: OFFLINE,
      message: "The hub did not answer. Check that this device is on its network.",
    };
  } finally {
    clearTimeout(timer);
  }
  return response.ok ? accept(schema, response.status, text) : refusal(response.status, text);
}

/** For answers that carry nothing. */
export const NOTHING = z.undefined();

function init({ method = "GET", body, file, token }: RequestOptions): RequestInit {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  return {
    method,
    headers,
    body: file ?? (body === undefined ? undefined : JSON.stringify(body)),
    credentials: "same-origin",
    cache: "no-store", // what is shown is what is, never what was
  };
}

function accept<T>(schema: z.ZodType<T>, status: number, text: string): Answer<T> {
  const parsed = schema.safeParse(json(text));
  if (parsed.success) return { ok: true, data: parsed.data };
  const message = "The hub speaks another version than this page. Load the page again.";
  return { ok: false, status, code: UNREADABLE, message };
}

function refusal(status: number, text: string): Answer<never> {
  const parsed = ErrorResponse.safeParse(json(text));
  if (parsed.success) return { ok: false, status, ...parsed.data.error };
  return {
    ok: false,
    status,
    code: UNREADABLE,
    message: `The hub could not do this (${status}). Try again in a minute.`,
  };
}

/** The value a text stands for; undefined for an empty text or one that is not JSON. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
