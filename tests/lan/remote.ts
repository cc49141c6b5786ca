/** A headless register on a host of its own, told what to do line by line: `deno run -A tests/lan/remote.ts HUB ENROLMENT`. */
import type { EnrolResponse } from "../../shared/api.ts";
import type { CheckBody } from "../../shared/check/op.ts";
import { HeadlessRegister } from "../../agent/headless.ts";
import { openDirect } from "../../agent/direct.ts";
import type { Report } from "../../agent/headless.ts";

export type Order =
  | { readonly kind: "write"; readonly body: CheckBody }
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "look" } // all but the checks
  | { readonly kind: "ask" };

/** What it answers each order with. */
export interface Told {
  readonly wrote?: string; // the id of the op
  readonly state: string;
  readonly vector: Readonly<Record<string, number>>;
  readonly checks: string; // all of them, as JSON; empty unless asked for: it takes longer than a write
  readonly unsynced: number;
  readonly links: readonly { readonly peer: string; readonly path: string; readonly why?: string }[];
}

if (import.meta.main) {
  const [hub = "", enrolment = "{}"] = Deno.args;
  const register = await HeadlessRegister.start({
    hub,
    enrolment: JSON.parse(enrolment) as EnrolResponse,
    direct: openDirect,
  });
  let rest = "";
  for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) console.log(JSON.stringify(await obey(register, JSON.parse(line))));
  }
  Deno.exit(0);
}

async function obey(register: HeadlessRegister, order: Order): Promise<Told> {
  let wrote: string | undefined;
  if (order.kind === "report") register.report = order.report;
  if (order.kind === "write") {
    const outcome = await register.replica.write(order.body);
    if (!outcome.ok) throw new Error(outcome.message);
    wrote = outcome.id;
  }
  const { replica } = register;
  return {
    wrote,
    state: register.state,
    vector: replica.vector(),
    checks: order.kind === "ask" ? JSON.stringify(replica.book.all()) : "",
    unsynced: replica.unsynced(),
    links: register.mesh.reports().map(({ peer, path, why }) => ({ peer, path, why })),
  };
}
