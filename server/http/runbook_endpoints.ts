/** The endpoints by which a manager is guided through a runbook. How each goes on is in the view and its feed. */
import { RunbookRequest, RunbookView, StepAnswer } from "../../shared/runbook_api.ts";
import type { Endpoint, Refused } from "./endpoint.ts";

const RUN = { id: "The runbook's id, as the view lists it" };
const ENDED: readonly Refused[] = [[404, "unknown-runbook"], [409, "runbook-ended"]];

export const RUNBOOK_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "post",
    path: "/api/runbooks",
    caller: "manager",
    says: "Begins a guided runbook, or gives the same one that somebody is at already.",
    body: RunbookRequest,
    example: { kind: "register-silent", subject: "k3v9q2ma" },
    answer: { status: 201, says: "It began", schema: RunbookView },
    also: { status: 200, says: "Somebody is at it already", schema: RunbookView },
    refused: [[404, "unknown-subject"], [409, "too-many-runbooks"], [409, "not-ready"]],
  },
  {
    method: "post",
    path: "/api/runbooks/{id}/steps/{step}/done",
    caller: "manager",
    says: "Says that the step to do now is done, or that the person goes on without it.",
    params: { ...RUN, step: "The step's id" },
    body: StepAnswer,
    example: { how: "done" },
    answer: { status: 200, says: "The runbook as it is now", schema: RunbookView },
    refused: [...ENDED, [409, "not-this-step"]],
  },
  {
    method: "post",
    path: "/api/runbooks/{id}/stop",
    caller: "manager",
    says: "Stops a runbook; what was done stays in it.",
    params: RUN,
    answer: { status: 200, says: "The runbook as it ended", schema: RunbookView },
    refused: ENDED,
  },
];
