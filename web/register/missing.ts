/** What this page has to do without in this browser and on this address, and what a person can do about it. */

export interface Abilities {
  readonly startsAlone: boolean; // without the hub
  readonly staysAwake: boolean; // may keep the screen on
  readonly keepsForGood: boolean; // storage that the browser promised not to clear
}

export function missingWords({ startsAlone, staysAwake, keepsForGood }: Abilities): string[] {
  return [
    ...(startsAlone
      ? []
      : ["It cannot start while the hub is off. A page that is open goes on working, so leave it open."]),
    ...(staysAwake ? [] : ["It cannot keep the screen on. In the device's settings, set Auto-Lock to Never."]),
    ...(keepsForGood ? [] : [
      "The browser has not promised to keep its storage for good. Let changes reach the hub before the register rests for a week.",
    ]),
  ];
}

/** How a register that was opened over plain http comes to https, where there is one. Its checks do not move along by themselves. */
export function movingWords(unsynced: number): string {
  const first = unsynced === 0
    ? "Everything here has reached the hub, so nothing is left behind."
    : "First let everything here reach the hub: what is on this address only does not move along.";
  return `Over https it has them. ${first} Then let this device trust the hub, open the https address, and enrol it there as a new register.`;
}
