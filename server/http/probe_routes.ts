/** Probes that are made when a manager asks for them, and how those are made that nobody asks for. */
import { Hono } from "hono";
import type { DhcpAnswer } from "../../shared/probe_api.ts";
import { ProbingRequest, type ProbingView } from "../../shared/probing_api.ts";
import type { DhcpFact } from "../../shared/rules/dhcp_fact.ts";
import type { DhcpDesk } from "../dhcp_desk.ts";
import type { ProbingDesk } from "../probing_desk.ts";
import type { Env, Guard } from "./guard.ts";
import { body } from "./parse.ts";
import { Refusal } from "./refusal.ts";

export interface ProbeRoutesDeps {
  readonly dhcp: DhcpDesk;
  readonly probing: ProbingDesk;
  readonly guard: Guard;
}

export function probeRoutes({ dhcp, probing, guard }: ProbeRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.post("/probes/dhcp", async (c) => {
    guard.needManager(c);
    const asked = await dhcp.ask();
    if (asked.ok) return c.json(answerOf(asked.fact));
    const seconds = Math.ceil(asked.waitMs / 1_000);
    throw new Refusal(429, "asked-just-now", `The network was asked just now. Ask again in ${seconds} s`);
  });

  routes.get("/probes/settings", (c) => {
    guard.needManager(c);
    return c.json<ProbingView>(probing.view());
  });

  routes.put("/probes/settings", async (c) => {
    guard.needManager(c);
    probing.set((await body(c, ProbingRequest)).set);
    return c.json<ProbingView>(probing.view());
  });

  return routes;
}

function answerOf(fact: DhcpFact): DhcpAnswer {
  const askedAt = new Date(fact.askedAt).toISOString();
  if (fact.kind === "unknown") return { kind: "unknown", askedAt, why: fact.why };
  const servers = fact.servers.map(({ address, mac, router, nameServer }) => (
    { address, mac: mac ?? null, router: router ?? null, nameServer: nameServer ?? null }
  ));
  return { kind: "known", askedAt, servers };
}
