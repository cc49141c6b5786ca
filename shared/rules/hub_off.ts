/** The hub itself was off, or its computer slept. Nobody else is to blame for what was not measured then, and it is told as that. */
import type { Incident } from "./incident.ts";
import type { Span } from "./spans.ts";

export const GAP_MIN_MS = 15_000; // shorter, and nobody missed the hub: it is noted as alive as often

/** A gap of the hub's own, as an incident that was over when it was found. Without a zone the clock is that of the hub's computer. */
export function hubOff({ from, until }: Span, id: string, timeZone: string | undefined): Incident {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return {
    id,
    code: "hub-off",
    subject: "hub",
    severity: "info",
    strength: "A",
    title: "The hub was off",
    text: `The hub was off from ${clock.format(from)} to ${clock.format(until)}. Registers went on with one another; ` +
      "what happened meanwhile was not measured, and counts as nobody's downtime.",
    evidence: [
      `It was last at work at ${new Date(from).toISOString()}`,
      `It was back at ${new Date(until).toISOString()}`,
    ],
    runbook: [],
    since: from,
    openedAt: from,
    changedAt: until,
    resolvedAt: until,
    endedAt: until,
    resolution: "healthy",
  };
}
