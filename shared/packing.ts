/**
 * How a delta is made small on the wire. What repeats is said once: ids of the run's own replica lose its name (`"/12"`), stamps become steps
 * from the one before, taxes are listed once and named by their place. A frame that is not packed is as good; so a first client can
 * send the plain form of wire.ts. Unpacking trusts nothing: what does not look packed is left as it is, for the schema to judge.
 *
 * A packed run has `ms`, where its steps begin. In it `at` is a step in milliseconds, or `[step, count]`.
 */

const ID_FIELDS = ["check", "line", "to", "into", "discount", "payment"] as const;

type Json = Record<string, unknown>;

/** A run as wire.ts has it, as far as packing needs to know. */
interface PlainRun {
  readonly replica: string;
  readonly from: number;
  readonly ops: readonly (
    | { readonly at: readonly [ms: number, count: number]; readonly body: object }
    | { readonly gone: number }
  )[];
}
interface PlainDelta {
  readonly type: "delta";
  readonly runs: readonly PlainRun[];
}

/** The text of a message, packed where that helps. */
export function encodeMessage(message: { readonly type: string }): string {
  return JSON.stringify(message.type === "delta" ? pack(message as PlainDelta) : message);
}

/** A parsed frame with its packing undone. */
export function unpackMessage(value: unknown): unknown {
  if (!isObject(value) || value["type"] !== "delta" || !Array.isArray(value["runs"])) return value;
  const { taxes, ...rest } = value;
  const known = Array.isArray(taxes) ? taxes : [];
  return { ...rest, runs: value["runs"].map((run) => unpackRun(run, known)) };
}

function pack({ type, runs }: PlainDelta): Json {
  const taxes = new Map<string, number>();
  const packed = runs.map((run) => packRun(run, taxes));
  return {
    type,
    ...(taxes.size > 0 ? { taxes: [...taxes.keys()].map((text) => JSON.parse(text)) } : {}),
    runs: packed,
  };
}

function packRun({ replica, from, ops }: PlainRun, taxes: Map<string, number>): Json {
  const ms = ops.find((op) => "at" in op)?.at[0] ?? 0;
  let last = ms;
  return {
    replica,
    from,
    ms,
    ops: ops.map((op) => {
      if ("gone" in op) return op;
      const { at: [own, count], body } = op;
      const step = own - last;
      last = own;
      return { at: count === 0 ? step : [step, count], body: packBody(body as Json, `${replica}/`, taxes) };
    }),
  };
}

function packBody(body: Json, prefix: string, taxes: Map<string, number>): Json {
  const packed = mapIds(body, (id) => id.startsWith(prefix) ? id.slice(prefix.length - 1) : id);
  if (Array.isArray(body["taxes"])) {
    packed["taxes"] = body["taxes"].map((tax) => {
      const text = JSON.stringify(tax);
      if (!taxes.has(text)) taxes.set(text, taxes.size);
      return taxes.get(text);
    });
  }
  return packed;
}

function unpackRun(run: unknown, taxes: readonly unknown[]): unknown {
  if (!isObject(run) || typeof run["ms"] !== "number" || !Array.isArray(run["ops"])) return run;
  const { ms, ...rest } = run;
  const prefix = String(run["replica"]);
  let last = ms as number;
  const ops = run["ops"].map((op) => {
    if (!isObject(op) || op["at"] === undefined) return op;
    const [step, count] = Array.isArray(op["at"]) ? op["at"] : [op["at"], 0];
    last += Number(step);
    return { ...op, at: [last, count], body: unpackBody(op["body"], prefix, taxes) };
  });
  return { ...rest, ops };
}

function unpackBody(body: unknown, prefix: string, taxes: readonly unknown[]): unknown {
  if (!isObject(body)) return body;
  const unpacked = mapIds(body, (id) => id.startsWith("/") ? prefix + id : id);
  if (Array.isArray(body["taxes"])) {
    unpacked["taxes"] = body["taxes"].map((tax) => typeof tax === "number" ? taxes[tax] : tax);
  }
  return unpacked;
}

/** A copy of a body with every op id in it changed. */
function mapIds(body: Json, change: (id: string) => string): Json {
  const mapped = { ...body };
  for (const field of ID_FIELDS) {
    const id = mapped[field];
    if (typeof id === "string") mapped[field] = change(id);
  }
  const { lines, among } = mapped;
  if (Array.isArray(lines)) mapped["lines"] = lines.map((id) => typeof id === "string" ? change(id) : id);
  if (Array.isArray(among)) mapped["among"] = among.map((share) => isObject(share) ? mapIds(share, change) : share);
  return mapped;
}

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
