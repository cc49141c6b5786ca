/** Probes that are made when a manager asks for them. */
import { Hono } from "hono";
import type { DhcpAnswer } from "../../shared/probe_api.ts";
import type { DhcpFact } from "../../shared/rules/dhcp_fact.ts";
import type { DhcpDesk } from "../dhcp_desk.ts";
import type { Env, Guard } from "./guard.ts";
import { Refusal } from "./refusal.ts";

export interface ProbeRoutesDeps {
  readonly dhcp: DhcpDesk;
  readonly guard: Guard;
}

export function probeRoutes({ dhcp, guard }: ProbeRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.post("/probes/dhcp", async (c) => {
    guard.needManager(c);
    const asked = await dhcp.ask();
    if (asked.ok) return c.json(answerOf(asked.fact));
    const seconds = Math.ceil(asked.waitMs / 1_000);
    throw new Refusal(429, "asked-just-now", `The network was asked just now. Ask again in ${seconds} s`);
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
