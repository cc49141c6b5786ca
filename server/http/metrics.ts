/**
 * What Prometheus scrapes, from the same view that consoles show. Every scrape fills a registry of its own: so a register that is
 * un-enrolled leaves no series behind, and two hubs in one process share nothing. Unknown is an absent sample, never a zero.
 *
 * The library takes 12 MB, so it is loaded with the first scrape: a hub that nobody scrapes stays smaller.
 *
 * Labels are bounded: registers by REGISTERS_MAX, codes by the rules there are. No address, no secret and no amount is among them.
 */
import { Liveness, type RegisterView, type View } from "../../shared/api.ts";

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Numbers that a register has, or has not said. */
const OF_REGISTER: readonly (readonly [name: string, help: string, of: (register: RegisterView) => number | null])[] = [
  ["connected", "1 while it has a session", (register) => register.connected ? 1 : 0],
  [
    "last_heard_timestamp_seconds",
    "When it was last heard",
    ({ lastHeard }) => lastHeard === null ? null : seconds(lastHeard),
  ],
  ["round_trip_seconds", "Round trip to the hub", ({ rttMs }) => rttMs === null ? null : rttMs / 1_000],
  ["loss_ratio", "Pings lost, from 0 to 1", ({ lossPercent }) => lossPercent === null ? null : lossPercent / 100],
  ["signal_dbm", "Its last reading of its Wi-Fi signal", ({ signalDbm }) => signalDbm],
  [
    "clock_offset_seconds",
    "Its clock minus the hub's",
    (of) => of.clockOffsetMs === null ? null : of.clockOffsetMs / 1_000,
  ],
  ["unsynced_ops", "Its ops that exist on it only", ({ unsynced }) => unsynced],
  ["behind_ops", "Ops the hub holds and it lacks", ({ behind }) => behind],
];

export async function metricsText(view: View, opsStored: number): Promise<string> {
  const { default: prometheus } = await import("prom-client");
  const registry = new prometheus.Registry();
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new prometheus.Gauge({ name: `counterpart_${name}`, help, labelNames: [...labelNames], registers: [registry] });

  gauge("hub_info", "1, with the version of the hub", ["version"]).set({ version: view.hub.version }, 1);
  gauge("hub_start_timestamp_seconds", "When this hub process began").set(seconds(view.hub.startedAt));
  gauge("ops_stored", "Ops in the hub's log").set(opsStored);
  gauge("sessions", "Registers with a session now").set(view.registers.filter(({ connected }) => connected).length);
  gauge("checks_open", "Open checks").set(view.checks.open);
  gauge("checks_attention", "Checks that a person must settle").set(view.checks.attention);

  const router = gauge("router_up", "1 when the router answers, 0 when it does not, absent when that is not known");
  router.remove();
  if (view.router.state !== "unknown") router.set(view.router.state === "ok" ? 1 : 0);

  const states = gauge("registers", "Registers by state", ["state"]);
  for (const state of Liveness.options) states.set({ state }, view.registers.filter((of) => of.state === state).length);

  const findings = gauge("findings", "What is found now, by severity and code", ["severity", "code"]);
  for (const { severity, code } of view.findings) findings.inc({ severity, code });

  for (const [name, help, of] of OF_REGISTER) {
    const each = gauge(`register_${name}`, help, ["register", "name"]);
    for (const register of view.registers) {
      const value = of(register);
      if (value !== null) each.set({ register: register.id, name: register.name }, value);
    }
  }
  return registry.metrics();
}

function seconds(instant: string): number {
  return Date.parse(instant) / 1_000;
}
