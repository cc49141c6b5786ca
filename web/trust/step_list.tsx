/** The steps of one kind of device, numbered. */
import { StateMark } from "../ui/state_mark.tsx";
import type { Platform } from "./platform.ts";
import { stepsFor } from "./steps.ts";

export function StepList({ platform, name }: { readonly platform: Platform; readonly name: string }) {
  return (
    <ol class="steps">
      {stepsFor(platform, name).map(({ text, file, missed }) => (
        <li key={text} class="step">
          <span>{text}</span>
          {file && <a class="button" href={file.href}>{file.text}</a>}
          {missed && (
            <span class="step-missed">
              <StateMark mark="look" word="" /> This is the step that people miss.
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
