/** Is the network between a register and the hub fast and even enough? Judged over five minutes, so that a busy second is nothing. */
import { aboutRegister } from "./about_register.ts";
import { liveness } from "./liveness.ts";
import { rttFigures } from "./rtt.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { NOISY_CLOSE_MS, PLAIN_OPEN_MS } from "./settle.ts";
import { figure, list, nameOf } from "./words.ts";

export const P95_WARN_MS = 100; // one in twenty slower than this is felt at the till
export const JITTER_WARN_MS = 20; // a wired network has one or two
export const LOSS_WARN_PERCENT = 1; // a healthy Wi-Fi loses next to nothing
export const LOSS_FAIL_PERCENT = 5; // from here on connections stall for seconds

export const lanSlow: Rule = aboutRegister({
  code: "lan-slow",
  title: "Network is slow or loses packets",
  from: "own",
  strength: "A",
  dependsOn: ["register-silent", "app-hidden", "signal-weak"],
  openAfterMs: PLAIN_OPEN_MS, // the five minutes are waited for by the measure itself
  closeAfterMs: NOISY_CLOSE_MS,
  runbook: [
    "Compare with the other registers here: if all are slow, it is the router or the hub's cable; if one, its Wi-Fi.",
    "Move the register closer to the access point, and other radios and microwave ovens away from both.",
    "Choose 5 GHz and another channel on the router, and stop large downloads meanwhile.",
    "If there is a repeater, replace it with an access point that is wired to the router.",
  ],
  check(register, facts) {
    if (liveness(register, facts) !== "ok") return unknown("it is not heard now");
    if (register.state?.foreground === false) return unknown("a hidden app answers late, whatever the network does");
    const measured = rttFigures(register);
    if (measured === undefined) {
      return unknown("its round trips were not measured for five minutes, or the hub was too busy to");
    }
    const { p95Ms, jitterMs, lossPercent } = measured;
    const slow = [
      ...(p95Ms > P95_WARN_MS
        ? [`one in twenty messages takes over ${figure(p95Ms)} ms (${P95_WARN_MS} is the most)`]
        : []),
      ...(jitterMs > JITTER_WARN_MS ? [`they differ by ${figure(jitterMs)} ms (${JITTER_WARN_MS} is the most)`] : []),
      ...(lossPercent > LOSS_WARN_PERCENT
        ? [`${figure(lossPercent)} % are lost (${LOSS_WARN_PERCENT} % is the most)`]
        : []),
    ];
    if (slow.length === 0) return HEALTHY;
    const name = nameOf(register);
    const fails = lossPercent > LOSS_FAIL_PERCENT;
    return {
      kind: "broken",
      severity: fails ? "fail" : "warn",
      headline: fails ? `${name} loses messages on the network.` : `The network of ${name} is slow.`,
      text: `Between ${name} and the hub, over the last 5 min, ${list(slow)}. Changes arrive late. ` +
        `Look at the Wi-Fi around ${name}: distance, channel and other devices.`,
      evidence: [
        `Of ${measured.count} round trips half took up to ${figure(measured.medianMs)} ms, 95 % up to ${
          figure(p95Ms)
        } ms`,
        `Jitter ${figure(jitterMs)} ms, loss ${figure(lossPercent)} %`,
      ],
    };
  },
});
