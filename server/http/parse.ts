/** Parsing at the edge: a body or a query is what its schema says, or is refused with what is wrong, field by field. */
import type { Context } from "hono";
import { z } from "zod";
import { Refusal } from "./refusal.ts";

export async function body<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  let value: unknown;
  try {
    value = await c.req.json();
  } catch (failure) {
    if (failure instanceof Refusal) throw failure; // too large, found while reading
    throw new Refusal(400, "not-json", "The body is not JSON, or is cut short");
  }
  return parse(schema, value);
}

export function query<T>(c: Context, name: string, schema: z.ZodType<T>): T {
  return parse(z.object({ [name]: schema }), { [name]: c.req.query(name) })[name] as T;
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  const first = issues[0];
  throw new Refusal(400, "bad-request", `This cannot be read: ${first?.path || "body"}: ${first?.message}`, issues);
}
