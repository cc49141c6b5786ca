/** What a person can do now, most important first: what happened, and the steps that end it. */
import { useState } from "preact/hooks";
import type { Finding, View } from "../../shared/api.ts";
import { sayInstant } from "../lib/time.ts";
import { RelativeTime } from "../ui/relative_time.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { GuideButton, OtherTrouble } from "./guide_button.tsx";
import { HeldUpItem, isHeldUp } from "./held_up.tsx";
import { LossSeen } from "./loss_seen.tsx";
import { asOf, now } from "./state.ts";
import { NOTE, sayCount, sayStrength, severityMark } from "./words.ts";

export function Todo({ view }: { readonly view: View }) {
  const { findings } = view;
  return (
    <section class="area-todo" aria-labelledby="todo">
      <div class="section-head">
        <h2 id="todo">To do</h2>
        {asOf.value && <span class="soft small">{asOf.value}</span>}
      </div>
      {findings.length === 0 && !isHeldUp(view)
        ? (
          <p class="nothing soft">
            {asOf.value
              ? "Not known while the hub is away."
              : view.verdict.level === "ok"
              ? "Nothing. Everything runs by itself."
              : "Nothing is known that you could do."}
          </p>
        )
        : (
          <ul class="todo">
            {findings.map((finding, index) => (
              <TodoItem
                key={`${finding.code} ${finding.subject}`}
                finding={finding}
                losses={view.losses}
                runbooks={view.runbooks}
                opened={index === 0}
              />
            ))}
            <HeldUpItem view={view} />
          </ul>
        )}
      {view.registers.length > 0 && <OtherTrouble />}
    </section>
  );
}

interface TodoItemProps {
  readonly finding: Finding;
  readonly losses: View["losses"];
  readonly runbooks: View["runbooks"];
  readonly opened: boolean;
}

/** The first one shows its steps unasked; after that each is as the reader left it. */
function TodoItem({ finding, losses, runbooks, opened }: TodoItemProps) {
  const [open] = useState(opened && finding.severity !== "info");
  const mark = asOf.value ? "unknown" : severityMark(finding.severity);
  return (
    <li class="todo-item">
      <span class="todo-mark">
        <StateMark mark={mark} word={finding.severity === "info" ? NOTE : undefined} />
      </span>
      <div class="todo-words">
        <h3>{finding.title}</h3>
        <p>{finding.text}</p>
        <GuideButton finding={finding} runbooks={runbooks} />
        {finding.runbook.length === 0 ? <Evidence finding={finding} /> : (
          <details class="more" open={open}>
            <summary>What to do: {sayCount(finding.runbook.length, "step")}</summary>
            <ol class="steps">
              {finding.runbook.map((step, index) => <li key={index}>{step}</li>)}
            </ol>
            <Evidence finding={finding} />
          </details>
        )}
        <LossSeen finding={finding} losses={losses} />
      </div>
    </li>
  );
}

function Evidence({ finding }: { readonly finding: Finding }) {
  return (
    <details class="more small">
      <summary>How this is known</summary>
      <div class="evidence soft">
        <p class="evidence-title">{sayStrength(finding.strength)}</p>
        <ul>
          {finding.evidence.map((each, index) => <li key={index}>{each}</li>)}
        </ul>
        <p>
          Since <RelativeTime at={Date.parse(finding.since)} now={now.value} say={sayInstant} /> ·{" "}
          <code>{finding.code}</code>
        </p>
      </div>
    </details>
  );
}
