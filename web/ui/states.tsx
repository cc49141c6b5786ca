/** What stands where content would: nothing yet, on its way, or not to be had. The three are never mistaken for one another. */
import type { ComponentChildren } from "preact";
import { Button } from "./button.tsx";
import { StateMark } from "./state_mark.tsx";

export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="state">
      <p class="state-title">{title}</p>
      {children}
    </div>
  );
}

export function Loading({ what }: { readonly what: string }) {
  return (
    <div class="state" role="status">
      <p class="state-title soft">
        <StateMark mark="unknown" word="" />
        {`Loading ${what} …`}
      </p>
    </div>
  );
}

interface FailedProps {
  readonly what: string; // "the charts": completes "Could not load …"
  readonly message: string; // what happened and what to do
  readonly onRetry?: () => void;
}

export function Failed({ what, message, onRetry }: FailedProps) {
  return (
    <div class="state" role="alert">
      <p class="state-title">
        <StateMark mark="act" word="" />
        {`Could not load ${what}`}
      </p>
      <p>{message}</p>
      {onRetry && <Button onPress={onRetry}>Try again</Button>}
    </div>
  );
}
