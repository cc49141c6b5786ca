/** The walk test on Diagnostics: name the spot, tap, wait twenty seconds, read what it came to. */
import { useState } from "preact/hooks";
import type { WalkResult } from "../../shared/install/walk.ts";
import type { WalkPart } from "../../shared/install/walker.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { type Mark, StateMark } from "../ui/state_mark.tsx";
import { TroubleNote } from "./trouble_note.tsx";
import type { WalkTest } from "./walk_test_run.ts";

const PARTS: Record<WalkPart, string> = {
  pings: "Asking the hub, twenty times a second",
  down: "Fetching from the hub",
  up: "Sending to the hub",
};
const MARKS: Record<WalkResult["verdict"], Mark> = {
  passed: "fine",
  warned: "look",
  failed: "act",
  unmeasured: "unknown",
};
const WORDS: Record<WalkResult["verdict"], string> = {
  passed: "Good here",
  warned: "Not quite good here",
  failed: "Not good enough here",
  unmeasured: "Not measured",
};

export function WalkSection({ walk }: { readonly walk: WalkTest }) {
  const [spot, setSpot] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const state = walk.state.value;
  const begin = (event: Event) => {
    event.preventDefault();
    if (spot.trim() === "") return setTrouble("Name the spot first, such as “Terrace, by the door”.");
    setTrouble(undefined);
    void walk.start(spot.trim());
  };
  return (
    <section class="stack" aria-labelledby="walk-title">
      <h2 id="walk-title">Walk test</h2>
      <p class="soft">Put this register where it will stand. The test takes 20 seconds and measures the Wi-Fi there.</p>
      <form class="walk-form" onSubmit={begin} noValidate>
        <Field label="Spot" value={spot} onInput={setSpot} trouble={trouble} maxLength={60} autoCapitalize="words" />
        <Button type="submit" busy={state.kind === "running"}>Walk test</Button>
      </form>
      <div class="walk-state" role="status">
        {state.kind === "running" && (
          <>
            <p>{PARTS[state.part]} at {state.spot}. Keep this page in front.</p>
            <progress class="walk-progress" max={1} value={shareOf(state.part, state.share)} aria-label="Walk test" />
          </>
        )}
        {state.kind === "done" && <Came result={state.result} />}
        {state.kind === "failed" && <TroubleNote text={state.message} />}
      </div>
    </section>
  );
}

function Came({ result }: { readonly result: WalkResult }) {
  return (
    <>
      <p>
        <StateMark mark={MARKS[result.verdict]} word="" /> <strong>{WORDS[result.verdict]}</strong> ({result.spot})
      </p>
      <p class="soft">{numbers(result)}</p>
      {result.why.map((why) => <p key={why}>{why}.</p>)}
    </>
  );
}

function numbers({ rttMedianMs, rttP95Ms, jitterMs, lossPercent, downMbps, upMbps }: WalkResult): string {
  const said = (value: number | null, unit: string) => value === null ? "–" : `${value} ${unit}`;
  return `Round trip ${said(rttMedianMs, "ms")}, p95 ${said(rttP95Ms, "ms")} · jitter ${said(jitterMs, "ms")} · ` +
    `loss ${said(lossPercent, "%")} · ${said(downMbps, "Mbit/s")} down, ${said(upMbps, "Mbit/s")} up`;
}

/** Pings take four fifths of the time, each way of bytes a tenth. */
function shareOf(part: WalkPart, share: number): number {
  const done = Math.min(1, share);
  if (part === "pings") return 0.8 * done;
  return (part === "down" ? 0.8 : 0.9) + 0.1 * done;
}
