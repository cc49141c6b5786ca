/** What is measured of one register. A session that began just because the hub started says nothing about the register. */
import type { Facts, RegisterFacts } from "../rules/facts.ts";
import { liveness, WARMING_MS } from "../rules/liveness.ts";
import { otherNetwork } from "../rules/other_network.ts";
import { READINGS_MIN, WARN_DBM } from "../rules/signal.ts";
import { compareVersions } from "../rules/version.ts";
import { count, figure, median, nameOf, span } from "../rules/words.ts";
import { registerIn } from "./trouble.ts";
import type { Look, RegisterWatch, Sight } from "./watch.ts";

const SIGNAL_MS = 60_000; // readings of the last minute: where the register stands now, not where it stood

export function lookAtRegister(watch: RegisterWatch, sight: Sight, facts: Facts): Look {
  const register = registerIn(facts, watch.register);
  if (!register) return { kind: "unknown", why: "This register is no longer enrolled." };
  const name = nameOf(register);
  switch (watch.kind) {
    case "heard":
      return heard(register, facts);
    case "gone":
      return gone(register, sight, facts);
    case "reopened":
      return reopened(register, sight, facts);
    case "in-front":
      return whileHeard(register, facts, inFront);
    case "same-network":
      return whileHeard(register, facts, () => sameNetwork(register, facts));
    case "signal-strong":
      return signalStrong(register, facts);
    case "version-is":
      return whileHeard(register, facts, () => version(register, watch.version));
    case "config-current":
      return whileHeard(register, facts, () => config(register, facts));
    case "never-locks":
      return whileHeard(register, facts, neverLocks);
    case "synced": {
      if (register.unsynced === undefined) return { kind: "unknown", why: `${name} does not say what only it has.` };
      if (register.unsynced === 0) return { kind: "yes", is: `The others have every change of ${name}.` };
      return { kind: "no", now: `${count(register.unsynced, "change")} on ${name} alone.` };
    }
  }
}

function heard(register: RegisterFacts, facts: Facts): Look {
  const name = nameOf(register);
  switch (liveness(register, facts)) {
    case "ok":
      return { kind: "yes", is: `${name} is heard.`, again: `${name} is heard again.` };
    case "late":
    case "silent":
      return { kind: "no", now: `${name} was last heard ${span(facts.now - (register.heardAt ?? facts.now))} ago.` };
    case "unknown":
      return { kind: "unknown", why: `Whether ${name} is heard is not known yet.` };
  }
}

function whileHeard(register: RegisterFacts, facts: Facts, then: (register: RegisterFacts) => Look): Look {
  const alive = heard(register, facts);
  return alive.kind === "yes" ? then(register) : alive;
}

/** Its session ended since the step began, or nothing is heard of it. One that is back already was gone, too. */
function gone(register: RegisterFacts, { since }: Sight, facts: Facts): Look {
  const name = nameOf(register);
  const { openSince, closedAt = 0 } = register.session ?? {};
  if (openSince === undefined && closedAt >= since) return { kind: "yes", is: `The session of ${name} has ended.` };
  if (hasBegunAnew(register, since, facts)) return { kind: "yes", is: `${name} was away and is back.` };
  const alive = heard(register, facts);
  if (alive.kind === "unknown") return alive;
  return alive.kind === "no"
    ? { kind: "yes", is: `${name} is not heard any more.` }
    : { kind: "no", now: `${name} is still heard.` };
}

function reopened(register: RegisterFacts, { since, goneAt }: Sight, facts: Facts): Look {
  const name = nameOf(register);
  const alive = heard(register, facts);
  if (alive.kind === "unknown") return alive;
  if (alive.kind === "no") return { kind: "no", now: `${name} is away. ${alive.now}` };
  if (goneAt !== undefined || hasBegunAnew(register, since, facts)) {
    return { kind: "yes", is: `${name} was away and is heard again.` };
  }
  return { kind: "no", now: `${name} has not been away yet.` };
}

function hasBegunAnew({ session }: RegisterFacts, since: number, { hub }: Facts): boolean {
  if (session?.openSince === undefined || session.openSince <= since) return false;
  return hub.startedAt <= since || session.openSince > hub.startedAt + WARMING_MS;
}

function inFront(register: RegisterFacts): Look {
  const name = nameOf(register);
  switch (register.state?.foreground) {
    case true:
      return { kind: "yes", is: `${name} is in front.`, again: `${name} is back in front.` };
    case false:
      return { kind: "no", now: `${name} is in the background.` };
    case undefined:
      return { kind: "unknown", why: `${name} does not say whether its app is in front. Say when it is.` };
  }
}

function sameNetwork(register: RegisterFacts, facts: Facts): Look {
  const name = nameOf(register);
  const outcome = otherNetwork.test(facts, register.id);
  switch (outcome.kind) {
    case "healthy": {
      const ssid = register.network?.ssid;
      const on = ssid === undefined ? "the same network as the others" : `“${ssid}”, as the others are`;
      return { kind: "yes", is: `${name} is on ${on}.` };
    }
    case "broken":
      return { kind: "no", now: `${name}: ${outcome.evidence[0]}.` };
    case "unknown":
      return { kind: "unknown", why: `Which network ${name} is on is not measured. Say when it is the right one.` };
  }
}

function signalStrong(register: RegisterFacts, { now }: Facts): Look {
  const name = nameOf(register);
  const readings = register.signal.filter(({ at }) => now - at <= SIGNAL_MS);
  const last = readings.slice(-READINGS_MIN);
  const rssi = median(last.map(({ rssiDbm }) => rssiDbm));
  if (rssi === undefined) return { kind: "unknown", why: `The signal of ${name} was not measured in the last minute.` };
  if (rssi <= WARN_DBM || last.length < READINGS_MIN) {
    return { kind: "no", now: `${name} has ${figure(rssi)} dBm. It needs more than ${figure(WARN_DBM)} dBm.` };
  }
  return { kind: "yes", is: `${name} has ${figure(rssi)} dBm.` };
}

function version(register: RegisterFacts, wanted: string): Look {
  const name = nameOf(register);
  if (register.app === undefined) return { kind: "unknown", why: `${name} does not say its version.` };
  return compareVersions(register.app.version, wanted) >= 0
    ? { kind: "yes", is: `${name} runs version ${register.app.version}.` }
    : { kind: "no", now: `${name} still runs version ${register.app.version}.` };
}

function config(register: RegisterFacts, { venue }: Facts): Look {
  const name = nameOf(register);
  if (register.configVersion === undefined) {
    return { kind: "unknown", why: `${name} does not say which settings it has. Say when it is done.` };
  }
  return register.configVersion >= venue.configVersion
    ? { kind: "yes", is: `${name} has the latest settings.` }
    : { kind: "no", now: `${name} has settings ${register.configVersion}; the latest are ${venue.configVersion}.` };
}

function neverLocks(register: RegisterFacts): Look {
  const name = nameOf(register);
  const autoLock = register.state?.autoLock;
  if (autoLock === undefined) return { kind: "unknown", why: `${name} does not say whether it locks itself.` };
  return autoLock === "never"
    ? { kind: "yes", is: `${name} no longer locks itself.` }
    : { kind: "no", now: `${name} still locks itself after ${autoLock} min.` };
}
