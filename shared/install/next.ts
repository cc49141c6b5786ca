/** The next thing to do by hand: one sentence, with where to do it. Pure. */
import { z } from "zod";
import type { Row } from "./list.ts";
import { QUESTIONS } from "./questions.ts";
import type { Answer } from "./survey.ts";
import type { WalkResult } from "./walk.ts";

export const Next = z.object({
  kind: z.enum(["register", "mend", "answer", "walk", "look", "report"]),
  at: z.string().nullable().describe("A rule's code, a question's id or a register's id"),
  text: z.string(),
});
export type Next = z.infer<typeof Next>;

export interface NextParts {
  readonly rows: readonly Row[];
  readonly answers: readonly Answer[];
  readonly walks: readonly WalkResult[];
  readonly registers: readonly { readonly id: string; readonly name: string }[];
}

/** What fails first, then what only a person knows, then where nobody has been, then what is only doubtful; then the signature. */
export function nextThing(parts: NextParts): Next {
  const { rows, registers } = parts;
  if (registers.length === 0) {
    return { kind: "register", at: null, text: "Add the first register, and keep its page on the screen." };
  }
  return mend(rows, "failed") ?? openQuestion(parts) ?? unwalked(parts) ?? mend(rows, "warned") ?? {
    kind: "report",
    at: null,
    text: "All that can be done by hand is done. Make the report and sign it.",
  };
}

function mend(rows: readonly Row[], state: "failed" | "warned"): Next | undefined {
  const row = rows.find((each) => each.state === state && each.by === "measured" && each.measured.todo !== null);
  if (!row) return undefined;
  const who = row.measured.broken.filter((name) => !["venue", "hub", "router"].includes(name));
  const where = who.length > 0 ? `${who.slice(0, 2).join(", ")}: ` : "";
  return { kind: state === "failed" ? "mend" : "look", at: row.code, text: `${where}${row.measured.todo}` };
}

/** Questions about what was measured already are left alone. */
function openQuestion({ rows, answers, registers }: NextParts): Next | undefined {
  for (const { id, rule, kind, ask } of QUESTIONS) {
    const row = rows.find(({ code }) => code === rule);
    if (row?.by === "measured" && row.state === "passed") continue;
    const about = kind === "choice" ? [null] : registers.map(({ id }) => id);
    const open = about.find((register) =>
      !answers.some((answer) => answer.question === id && answer.register === register)
    );
    if (open === undefined) continue;
    const name = registers.find((register) => register.id === open)?.name;
    return { kind: "answer", at: id, text: name ? `${name}: how far is it from the router?` : ask };
  }
  return undefined;
}

function unwalked({ walks, registers }: NextParts): Next | undefined {
  const open = registers.find(({ id }) => !walks.some(({ register }) => register === id));
  if (!open) return undefined;
  return { kind: "walk", at: open.id, text: `Put ${open.name} where it will stand, and start a walk test.` };
}
