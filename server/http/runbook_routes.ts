/** Guided runbooks, for managers. */
import { Hono } from "hono";
import { RunbookRequest, RUNBOOKS_MAX, StepAnswer } from "../../shared/runbook_api.ts";
import type { AnswerOutcome, BeginOutcome, Runbooks } from "../runbooks.ts";
import type { Env, Guard } from "./guard.ts";
import { body } from "./parse.ts";
import { Refusal } from "./refusal.ts";

export interface RunbookRoutesDeps {
  readonly runbooks: Runbooks;
  readonly guard: Guard;
}

export function runbookRoutes({ runbooks, guard }: RunbookRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.post("/runbooks", async (c) => {
    guard.needManager(c);
    const { kind, subject } = await body(c, RunbookRequest);
    const outcome = runbooks.begin(kind, subject);
    if (!outcome.ok) throw notBegun(outcome);
    return c.json(outcome.run, outcome.isNew ? 201 : 200);
  });

  routes.post("/runbooks/:id/steps/:step/done", async (c) => {
    guard.needManager(c);
    const { how } = await body(c, StepAnswer);
    return c.json(told(runbooks.answer(c.req.param("id"), c.req.param("step"), how)));
  });

  routes.post("/runbooks/:id/stop", (c) => {
    guard.needManager(c);
    return c.json(told(runbooks.stop(c.req.param("id"))));
  });

  return routes;
}

function told(outcome: AnswerOutcome) {
  if (outcome.ok) return outcome.run;
  switch (outcome.reason) {
    case "unknown":
      throw new Refusal(404, "unknown-runbook", "No guide with this id is known here. Begin it again");
    case "ended":
      throw new Refusal(409, "runbook-ended", "This guide has ended. Begin it again if you need it");
    case "not-now":
      throw new Refusal(409, "not-this-step", "The hub has gone on meanwhile. Look at the step that is shown now");
  }
}

function notBegun({ reason }: Extract<BeginOutcome, { ok: false }>): Refusal {
  switch (reason) {
    case "unknown-subject":
      return new Refusal(404, "unknown-subject", "There is nothing of this name to guide you through");
    case "too-many":
      return new Refusal(
        409,
        "too-many-runbooks",
        `${RUNBOOKS_MAX} guides are open already. Finish or stop one of them first`,
      );
    case "not-ready":
      return new Refusal(409, "not-ready", "The hub has just started. Try again in a few seconds");
  }
}
