/** How the network is measured, as a manager types it, and what is wrong with that. */
import { Probing } from "../../shared/probing_api.ts";

/** Each field as it is typed. Empty: nobody of that kind is asked. */
export interface ProbingDraft {
  readonly internet: string; // addresses between commas or spaces
  readonly dns: string;
  readonly dnsName: string;
  readonly portal: string;
  readonly time: string;
  readonly roundSeconds: string;
  readonly knockSeconds: string;
  readonly waitMs: string; // in seconds
}

export type ProbingTrouble = Partial<Record<keyof ProbingDraft, string>>;

const TROUBLE: Readonly<Record<keyof ProbingDraft, string>> = {
  internet: "Each is an address and a port, as 9.9.9.9:443. Four at most.",
  dns: "An address and a port, as 9.9.9.9:53, or nothing.",
  dnsName: "A host name, as example.com, or nothing.",
  portal: "A page that begins with http://, or nothing. Over https nobody can come in between.",
  time: "An address and a port, as 162.159.200.1:123, or nothing.",
  roundSeconds: "Whole seconds from 2 to 30.",
  knockSeconds: "Whole seconds from 1 to 30.",
  waitMs: "Seconds from 0.5 to 5, as 2.5.",
};

export function draftOf(set: Probing): ProbingDraft {
  return {
    internet: set.internet.join(", "),
    dns: set.dns ?? "",
    dnsName: set.dnsName ?? "",
    portal: set.portal ?? "",
    time: set.time ?? "",
    roundSeconds: String(set.roundSeconds),
    knockSeconds: String(set.knockSeconds),
    waitMs: String(set.waitMs / 1_000),
  };
}

/** What is to be set, or what is wrong with which field. */
export function readProbing(draft: ProbingDraft): { readonly set: Probing } | { readonly trouble: ProbingTrouble } {
  const orNobody = (typed: string) => typed.trim() === "" ? null : typed.trim();
  const read = Probing.safeParse({
    internet: draft.internet.split(/[\s,;]+/).filter((each) => each !== ""),
    dns: orNobody(draft.dns),
    dnsName: orNobody(draft.dnsName),
    portal: orNobody(draft.portal),
    time: orNobody(draft.time),
    roundSeconds: numberOf(draft.roundSeconds),
    knockSeconds: numberOf(draft.knockSeconds),
    waitMs: Math.round(numberOf(draft.waitMs) * 1_000),
  });
  if (read.success) return { set: read.data };
  const fields = read.error.issues.map(({ path }) => path[0] as keyof ProbingDraft);
  return { trouble: Object.fromEntries(fields.map((field) => [field, TROUBLE[field]])) };
}

/** With a comma, too, as most of Europe types it. */
function numberOf(typed: string): number {
  return typed.trim() === "" ? NaN : Number(typed.trim().replace(",", "."));
}
