/**
 * What only a person knows, as questions: each belongs to a rule, and each answer says whether that rule is met. Most are asked once for the
 * venue, the distance once for each register.
 */

import { FAR_M } from "../rules/survey.ts";

export type AnswerState = "passed" | "warned" | "failed" | "unmeasured";

export interface Option {
  readonly value: string;
  readonly text: string;
  readonly state: AnswerState; // of the rule, if this is so
}

interface Asked {
  readonly id: string;
  readonly rule: string; // its code
  readonly ask: string;
  readonly note: string; // how to find out, or why it matters
}

export type Question =
  | (Asked & { readonly kind: "choice"; readonly options: readonly Option[] })
  | (Asked & { readonly kind: "distance" }); // for each register

const NOT_KNOWN: Option = { value: "unknown", text: "Not known", state: "unmeasured" };
const yes = (text: string): Option => ({ value: "yes", text, state: "passed" });
const no = (text: string, state: AnswerState = "warned"): Option => ({ value: "no", text, state });

export const FEET_PER_METRE = 3.281;

/** In the order in which an installer walks through a venue: the router first, the registers last. */
export const QUESTIONS: readonly Question[] = [
  {
    id: "router",
    rule: "router-combo",
    kind: "choice",
    ask: "Does the Wi-Fi router stand alone from the modem?",
    note: "A box that is modem and router at once has to be put in bridge mode, with a router of its own behind it.",
    options: [
      { value: "alone", text: "Two boxes", state: "passed" },
      { value: "bridged", text: "Modem in bridge mode", state: "passed" },
      { value: "combo", text: "One box does both", state: "warned" },
      NOT_KNOWN,
    ],
  },
  {
    id: "own-network",
    rule: "shared-network",
    kind: "choice",
    ask: "Is the Wi-Fi used by the registers alone?",
    note: "Guests, neighbours and the building need a network of their own.",
    options: [yes("Registers alone"), no("Others too"), NOT_KNOWN],
  },
  {
    id: "repeaters",
    rule: "extender-suspected",
    kind: "choice",
    ask: "Is the place free of Wi-Fi repeaters and range extenders?",
    note: "Look at power sockets near the registers: that is where they are plugged in.",
    options: [yes("None here"), no("There is one"), NOT_KNOWN],
  },
  {
    id: "wired",
    rule: "extender-suspected",
    kind: "choice",
    ask: "Is each access point connected to the router by a cable?",
    note: "Follow the cable from each one. A mesh satellite without a cable repeats.",
    options: [yes("All by cable"), no("Not all"), NOT_KNOWN],
  },
  {
    id: "shifts",
    rule: "shift-open",
    kind: "choice",
    ask: "Were all shifts closed when sync was switched on?",
    note: "An app in the middle of a shift may stop when sync is switched.",
    options: [yes("All closed"), no("Not all"), NOT_KNOWN],
  },
  {
    id: "same-model",
    rule: "device-mixed",
    kind: "choice",
    ask: "Are all registers the same iPad model, an iPad Air or later?",
    note: "Settings, General, About. A browser does not tell its model.",
    options: [yes("All the same"), no("They differ"), NOT_KNOWN],
  },
  {
    id: "recent-model",
    rule: "device-too-old",
    kind: "choice",
    ask: "Is every iPad newer than the iPad 4 and the first iPad mini?",
    note: "Older ones lag and lose sync when it is busy.",
    options: [yes("All newer"), no("One is older", "failed"), NOT_KNOWN],
  },
  {
    id: "same-wifi",
    rule: "other-network",
    kind: "choice",
    ask: "Do all iPads show the same Wi-Fi name in Settings?",
    note: "Settings, Wi-Fi. A browser does not tell the name.",
    options: [yes("The same"), no("They differ", "failed"), NOT_KNOWN],
  },
  {
    id: "auto-lock",
    rule: "auto-lock-on",
    kind: "choice",
    ask: "Is Auto-Lock set to Never on every iPad?",
    note: "Settings, Display & Brightness, Auto-Lock.",
    options: [yes("Never on all"), no("Not on all", "failed"), NOT_KNOWN],
  },
  {
    id: "distance",
    rule: "too-far",
    kind: "distance",
    ask: "How far is it from the router?",
    note: `Up to ${FAR_M} m, which is 30 ft. Pace it out: a long step is a metre.`,
  },
];

export const QUESTION_IDS = QUESTIONS.map(({ id }) => id);

export function questionOf(id: string): Question | undefined {
  return QUESTIONS.find((question) => question.id === id);
}
