/** A register's radio as it is now. What it told of it a while ago says nothing of where it stands today. */
import { type RegisterFacts, SIGNAL_WINDOW_MS, type SignalReading } from "./facts.ts";
import { SELF_REPORT_MS } from "./liveness.ts";

export const RADIO_KNOWN_MS = SELF_REPORT_MS; // band and channel are held against nobody for longer than anything else it said

/** The readings of its signal that still count, the newest last. */
export function freshReadings({ signal }: Pick<RegisterFacts, "signal">, now: number): readonly SignalReading[] {
  return signal.filter(({ at }) => now - at <= SIGNAL_WINDOW_MS);
}

/** Its signal as last measured; undefined: not lately. */
export function signalNow(register: Pick<RegisterFacts, "signal">, now: number): number | undefined {
  return freshReadings(register, now).at(-1)?.rssiDbm;
}

/** What it told of its network, without a signal of long ago; undefined when it never told. */
export function networkNow(register: Pick<RegisterFacts, "signal" | "network">, now: number): RegisterFacts["network"] {
  const { network } = register;
  if (network === undefined || freshReadings(register, now).length > 0) return network;
  return { ...network, rssiDbm: undefined, noiseDbm: undefined };
}

/** Its band, channel and how busy that is; undefined: it has not told of its network lately. */
export function radioNow({ network, networkAt }: RegisterFacts, now: number): RegisterFacts["network"] {
  return networkAt !== undefined && now - networkAt <= RADIO_KNOWN_MS ? network : undefined;
}
