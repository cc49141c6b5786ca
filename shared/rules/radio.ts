/** On which part of the air a register is, and how busy that is. */
import { aboutSelfReport } from "./about_register.ts";
import type { RegisterFacts } from "./facts.ts";
import { radioNow } from "./readings.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { NOISY_CLOSE_MS, NOISY_OPEN_MS, PLAIN_CLOSE_MS } from "./settle.ts";
import { figure, list, nameOf } from "./words.ts";

export const BUSY_PERCENT = 50; // above it everybody waits for everybody
const CLEAR_CHANNELS = [1, 6, 11]; // the three of 2.4 GHz that do not overlap

export const band2ghz: Rule = aboutSelfReport({
  code: "band-2ghz",
  title: "Register is on 2.4 GHz",
  from: "own",
  strength: "A",
  dependsOn: ["register-silent"],
  openAfterMs: NOISY_OPEN_MS, // roaming from one band to the other takes some seconds
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "On the router, give 5 GHz a Wi-Fi name of its own, or switch 2.4 GHz off for the registers' network.",
    "On the iPad, open Settings, tap Wi-Fi, and choose the 5 GHz name. Forget the other.",
    "If 5 GHz is too weak where it stands, add an access point that is wired to the router.",
  ],
  check(register, { now }) {
    const { band, channel } = radioNow(register, now) ?? {};
    if (band === undefined) return unknown("it does not tell its band");
    if (band !== "2.4GHz") return HEALTHY;
    const name = nameOf(register);
    const on = channel === undefined ? "" : `, channel ${channel}`;
    return {
      kind: "broken",
      severity: "warn",
      headline: `${name} is on 2.4 GHz.`,
      text: `${name} is on 2.4 GHz${on}, which it shares with neighbours, card readers and microwave ovens. ` +
        `Put it on 5 GHz.`,
      evidence: [`It reports 2.4 GHz${on}`],
    };
  },
});

export const channelBusy: Rule = aboutSelfReport({
  code: "channel-busy",
  title: "Wi-Fi channel is crowded",
  from: "own",
  strength: "A",
  dependsOn: ["register-silent"],
  openAfterMs: NOISY_OPEN_MS,
  closeAfterMs: NOISY_CLOSE_MS,
  runbook: [
    "In the router's settings, look at the channels around it and choose the least used one.",
    "On 2.4 GHz choose 1, 6 or 11: all others disturb two of them. Better, move the registers to 5 GHz.",
    "See whether guests or cameras use the same Wi-Fi for large transfers, and give them another.",
  ],
  check(register, { now }) {
    const radio = radioNow(register, now);
    const busy = radio?.utilisationPercent;
    const troubles = [overlap(radio), busy !== undefined && busy > BUSY_PERCENT ? crowd(busy) : undefined]
      .filter((each) => each !== undefined);
    if (troubles.length === 0) {
      return busy === undefined ? unknown("it does not tell how busy its channel is") : HEALTHY;
    }
    const name = nameOf(register);
    return {
      kind: "broken",
      severity: "warn",
      headline: `The Wi-Fi channel of ${name} is crowded.`,
      text: `The Wi-Fi channel of ${name} ${list(troubles)}. Messages wait for their turn. ` +
        `Choose another channel on the router.`,
      evidence: troubles.map((each) => `It reports that its channel ${each}`),
    };
  },
});

function crowd(percent: number): string {
  return `is in use ${figure(percent)} % of the time (${BUSY_PERCENT} % is the most)`;
}

/** "is 3, which overlaps with two others"; undefined on 5 GHz, on a clear channel, or not known. */
function overlap(network: RegisterFacts["network"]): string | undefined {
  if (network?.band !== "2.4GHz" || network.channel === undefined || CLEAR_CHANNELS.includes(network.channel)) return;
  return `is ${network.channel} of 2.4 GHz, which disturbs its neighbours and is disturbed by them`;
}
