/** The installer's page, as the hub sees it: the list, the next thing to do, and reports that are signed and compared. */
import { type Random, randomWord } from "../shared/ids.ts";
import { compare } from "../shared/install/compare.ts";
import { makeList } from "../shared/install/list.ts";
import { nextThing } from "../shared/install/next.ts";
import { makePairs } from "../shared/install/pairs.ts";
import { type Report, REPORTS_LISTED, totalsOf } from "../shared/install/report.ts";
import type { InstallView, ReportResponse } from "../shared/install_api.ts";
import { RULES } from "../shared/rules/all.ts";
import type { Facts } from "../shared/rules/facts.ts";
import { signalNow } from "../shared/rules/readings.ts";
import { nameOf } from "../shared/rules/words.ts";
import type { InstallStore } from "./store/install.ts";
import type { Survey } from "./survey.ts";
import type { Walks } from "./walks.ts";

const REPORT_ID_LENGTH = 20; // 100 bits

export interface InstallDeps {
  readonly store: InstallStore;
  readonly survey: Survey;
  readonly walks: Walks;
  readonly facts: () => Facts;
  readonly canWalk: (register: string) => boolean;
  readonly version: string; // of the hub
  readonly random: Random;
}

export class Install {
  readonly #deps: InstallDeps;

  constructor(deps: InstallDeps) {
    this.#deps = deps;
  }

  view(): InstallView {
    const { store, survey, walks: under, canWalk } = this.#deps;
    const facts = this.#deps.facts();
    const rows = makeList(RULES, facts, survey.answers);
    const registers = facts.registers.map(({ id, name, letter }) => (
      { id, name: nameOf({ name, letter }), letter, canWalk: canWalk(id) }
    ));
    const { answers, walks } = this.#present(facts);
    return {
      venue: facts.venue.name,
      now: new Date(facts.now).toISOString(),
      next: nextThing({ rows, answers, walks, registers }),
      totals: totalsOf(rows),
      ...{ rows, answers, registers, walks },
      walking: under.now(),
      lost: under.lost(),
      pairs: makePairs(facts.registers, facts.now),
      reports: store.reports(REPORTS_LISTED),
    };
  }

  /** Signs what is so now; undefined when there are too many reports. */
  sign({ by, note }: Pick<Report, "by" | "note">): ReportResponse | undefined {
    const { store, survey, version, random } = this.#deps;
    const facts = this.#deps.facts();
    const rows = makeList(RULES, facts, survey.answers);
    const report: Report = {
      ...{ version: 1, id: randomWord(random, REPORT_ID_LENGTH), venue: facts.venue.name, hub: version, by, note },
      at: new Date(facts.now).toISOString(),
      totals: totalsOf(rows),
      registers: facts.registers.map((register) => ({
        id: register.id,
        name: nameOf(register),
        letter: register.letter,
        device: register.device?.model ?? null,
        app: register.app?.version ?? null,
        address: register.sourceAddress ?? null,
        signalDbm: signalNow(register, facts.now) ?? null,
      })),
      rows,
      ...this.#present(facts),
      pairs: makePairs(facts.registers, facts.now),
    };
    return store.saveReport(report) ? this.report(report.id) : undefined;
  }

  report(id: string): ReportResponse | undefined {
    const { store } = this.#deps;
    const report = store.report(id);
    if (!report) return undefined;
    const before = store.before(id);
    const head = before ? { id: before.id, at: before.at, by: before.by, totals: before.totals } : null;
    return { report, before: head, drift: before ? compare(before, report) : [] };
  }

  /** Answers and walks of registers that are still enrolled. */
  #present({ registers }: Facts): Pick<Report, "answers" | "walks"> {
    const { survey } = this.#deps;
    const isHere = (id: string) => registers.some((register) => register.id === id);
    return {
      answers: survey.answers.filter(({ register }) => register === null || isHere(register)),
      walks: survey.walks.filter(({ register }) => isHere(register)),
    };
  }
}
