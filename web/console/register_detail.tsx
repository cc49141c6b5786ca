/** One register: how it is, its hour and its day, what it runs on, and what a manager may do to it. */
import type { Finding, RegisterView, View } from "../../shared/api.ts";
import { sayDateAndClock, sayInstant } from "../lib/time.ts";
import { Dialog } from "../ui/dialog.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { StatusBars } from "../ui/status_bars.tsx";
import { RegisterActions } from "./register_actions.tsx";
import { SeriesCharts } from "./series_charts.tsx";
import { now } from "./state.ts";
import { NOT_KNOWN, registerMark, registerWord, sayDay, sayMs, sayPercent, saySignal } from "./words.ts";

interface RegisterDetailProps {
  readonly register: RegisterView;
  readonly view: View;
  readonly onClose: () => void;
}

export function RegisterDetail({ register, view, onClose }: RegisterDetailProps) {
  const findings = view.findings.filter((finding) => finding.subject === register.id);
  return (
    <Dialog size="wide" title={`${register.name} · ${register.letter}`} onClose={onClose}>
      <section class="detail-lead" aria-label="How it is">
        <p class="detail-word">
          <StateMark mark={registerMark(register, view.findings)} /> {sayHow(register, now.value)}
        </p>
        {findings.map((finding) => <Said key={finding.code} finding={finding} />)}
      </section>
      <section class="detail-block">
        <h3>Last 24 hours</h3>
        <StatusBars bars={register.day} label={sayDay(register.day)} />
        <p class="small soft">{sayDay(register.day).replace("Last 24 hours: ", "")}</p>
      </section>
      <SeriesCharts registerId={register.id} />
      <section class="detail-block">
        <h3>Device and network</h3>
        <dl class="facts">
          {factsOf(register, now.value).map(([name, value]) => (
            <div key={name} class="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {register.signalDbm === null && (
          <p class="small soft">
            An iPad tells its signal by a <a href="/shortcut">Shortcut</a>, a computer by <code>deno task agent</code>.
          </p>
        )}
      </section>
      <RegisterActions register={register} onGone={onClose} />
    </Dialog>
  );
}

function Said({ finding }: { readonly finding: Finding }) {
  return <p class="soft">{finding.text}</p>;
}

function sayHow(register: RegisterView, now: number): string {
  const word = registerWord(register);
  const start = word.charAt(0).toUpperCase() + word.slice(1);
  if (register.state === "ok" || register.lastHeard === null) return `${start}.`;
  const cause = register.cause === null ? "" : ` ${register.cause}`;
  return `${start}, last heard ${sayInstant(Date.parse(register.lastHeard), now)}.${cause}`;
}

function factsOf(register: RegisterView, now: number): [string, string][] {
  const { app, device, network } = register;
  const channel = [network?.band?.replace("GHz", " GHz"), network?.channel && `channel ${network.channel}`].filter(
    Boolean,
  ).join(", ");
  const offset = register.clockOffsetMs;
  return [
    ["Device", device?.model ?? NOT_KNOWN],
    ["System", device?.os ?? NOT_KNOWN],
    ["Battery", sayPercent(device?.batteryPercent)],
    ["App", [app?.version, app?.build && `(${app.build})`].filter(Boolean).join(" ") || NOT_KNOWN],
    ["Round trip", sayMs(register.rttMs)],
    ["Loss", sayPercent(register.lossPercent)],
    ["Signal", saySignal(register.signalDbm)],
    ["Noise", saySignal(network?.noiseDbm)],
    ["Wi-Fi", network?.ssid ?? NOT_KNOWN],
    ["Band", channel || NOT_KNOWN],
    ["Access point", network?.bssid ?? NOT_KNOWN],
    ["Address", register.address ?? network?.address ?? NOT_KNOWN],
    ["Router", network?.gateway ?? NOT_KNOWN],
    ["Clock", offset === null ? NOT_KNOWN : sayOffset(offset)],
    ["Shift", register.shiftOpen === null ? NOT_KNOWN : register.shiftOpen ? "open" : "closed"],
    ["Unsynced", register.unsynced === null ? NOT_KNOWN : String(register.unsynced)],
    ["Not yet here", register.behind === null ? NOT_KNOWN : String(register.behind)],
    ["Enrolled", sayDateAndClock(Date.parse(register.enrolledAt), now)],
  ];
}

const SAME_CLOCK_MS = 500; // heartbeats take their time on the way; less than that says nothing

function sayOffset(ms: number): string {
  if (Math.abs(ms) < SAME_CLOCK_MS) return "right";
  return `${(Math.abs(ms) / 1000).toFixed(1)} s ${ms > 0 ? "ahead" : "behind"}`;
}
