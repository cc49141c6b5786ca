/**
 * Is a register's Wi-Fi strong enough? Judged by the median of its own readings over five minutes, since single readings jump by several
 * dB when somebody walks past. Some registers report every few seconds, some only now and then; both count, each in its way.
 */
import { aboutSelfReport } from "./about_register.ts";
import { type RegisterFacts, SIGNAL_WINDOW_MS, type SignalReading } from "./facts.ts";
import { freshReadings } from "./readings.ts";
import { HEALTHY, type Rule, type Severity, unknown } from "./rule.ts";
import { NOISY_CLOSE_MS, NOISY_OPEN_MS } from "./settle.ts";
import { count, figure, median, nameOf, span } from "./words.ts";

export const WARN_DBM = -67; // what Wi-Fi is planned for; at it and below a register has no reserve
export const FAIL_DBM = -70; // below this iPads look for another access point
export const SNR_FAIL_DB = 15; // below this frames are lost, however strong the signal
export const READINGS_MIN = 3; // fewer than this from a register that reports often say nothing
export const SPARSE_MS = 60_000; // readings further apart than this come from a register that reports only now and then

export const signalWeak: Rule = aboutSelfReport({
  code: "signal-weak",
  title: "Weak Wi-Fi signal",
  from: "seed",
  strength: "A",
  dependsOn: ["register-silent"],
  openAfterMs: NOISY_OPEN_MS,
  closeAfterMs: NOISY_CLOSE_MS,
  runbook: [
    "Move the register closer to the router, or the router closer to it: within 30 ft (9 m), with no wall or metal between.",
    "Take the iPad out of a metal stand or a thick case and look at the number again.",
    "If it has to stay there, add an access point that is wired to the router. A repeater makes it worse.",
  ],
  check(register, facts) {
    const readings = freshReadings(register, facts.now);
    const rssi = enough(readings, facts.now) ? median(readings.map((reading) => reading.rssiDbm)) : undefined;
    if (rssi === undefined) return unknown(`${count(readings.length, "signal reading")} in ${span(SIGNAL_WINDOW_MS)}`);
    const measured = `${figure(rssi)} dBm ${over(readings, facts.now)}`;
    const snr = snrOf(readings, facts.now);
    const noise = snr === undefined ? [] : [`Median ${figure(snr)} dB above the noise`];
    if (rssi < FAIL_DBM) {
      return weak(register, "fail", `${measured}. iPads begin to roam below ${figure(FAIL_DBM)} dBm.`, [
        measured,
        noise,
      ]);
    }
    if (snr !== undefined && snr < SNR_FAIL_DB) {
      return noisy(register, `only ${figure(snr)} dB above the noise ${over(readings, facts.now)}`, measured);
    }
    if (rssi > WARN_DBM) return HEALTHY;
    return weak(register, "warn", `${measured}. Below ${figure(FAIL_DBM)} dBm iPads begin to roam.`, [measured, noise]);
  },
});

function weak(
  register: RegisterFacts,
  severity: Severity,
  measured: string,
  [median, noise]: readonly [string, readonly string[]],
) {
  const name = nameOf(register);
  return {
    kind: "broken" as const,
    severity,
    headline: `${name} has a weak Wi-Fi signal.`,
    text: `${name} has a weak Wi-Fi signal: ${measured} Move it closer to the router, or the router closer to it.`,
    evidence: [`Median ${median}`, ...noise],
  };
}

function noisy(register: RegisterFacts, measured: string, evidence: string) {
  const name = nameOf(register);
  return {
    kind: "broken" as const,
    severity: "fail" as const,
    headline: `${name} has a noisy Wi-Fi signal.`,
    text: `${name} has a noisy Wi-Fi signal: ${measured}. It needs at least ${SNR_FAIL_DB} dB. ` +
      `Move other radios and microwave ovens away, or choose another channel on the router.`,
    evidence: [`Median signal ${measured}`, `Median ${evidence}`],
  };
}

/** The median distance of signal and noise, in dB, over the readings that carry both. */
function snrOf(readings: readonly SignalReading[], now: number): number | undefined {
  const both = readings.filter((reading) => reading.noiseDbm !== undefined);
  if (!enough(both, now)) return undefined;
  return median(both.map(({ rssiDbm, noiseDbm = rssiDbm }) => rssiDbm - noiseDbm));
}

/** True when there are enough readings, or when they are all that a sparse reporter gives. */
function enough(readings: readonly SignalReading[], now: number): boolean {
  if (readings.length === 0 || readings.length >= READINGS_MIN) return readings.length > 0;
  const gaps = readings.map((reading, i) => (readings[i + 1]?.at ?? now) - reading.at);
  if (readings.length > 1) gaps.pop(); // two readings show by themselves how often they come
  return gaps.every((gap) => gap > SPARSE_MS);
}

/** "over the last 5 min (61 readings)", or "by one reading 2 min ago". */
function over(readings: readonly SignalReading[], now: number): string {
  const age = span(now - (readings[0]?.at ?? now));
  return readings.length === 1 ? `by one reading ${age} ago` : `over the last ${age} (${readings.length} readings)`;
}
