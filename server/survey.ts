/** What only a person knows about this venue, and what was found on walks: kept on disk, and told to the rules as facts. */
import { type Random, randomWord } from "../shared/ids.ts";
import { type Answer, type AnswerRequest, surveyFact } from "../shared/install/survey.ts";
import { newestWalks, type WalkResult } from "../shared/install/walk.ts";
import type { SurveyFact } from "../shared/rules/survey_fact.ts";
import type { InstallStore, Photo } from "./store/install.ts";

const PHOTO_ID_LENGTH = 20; // 100 bits

export interface SurveyDeps {
  readonly store: InstallStore;
  readonly random: Random;
  readonly now: () => number;
}

export class Survey {
  readonly #deps: SurveyDeps;
  #answers: readonly Answer[];
  #walks: readonly WalkResult[];

  constructor(deps: SurveyDeps) {
    this.#deps = deps;
    this.#answers = deps.store.answers();
    this.#walks = newestWalks(deps.store.walks());
  }

  get answers(): readonly Answer[] {
    return this.#answers;
  }

  /** The newest of each register and spot. */
  get walks(): readonly WalkResult[] {
    return this.#walks;
  }

  fact(): SurveyFact {
    const walks = this.#walks.map(({ register, spot, at, verdict, why }) => (
      { register, spot, at: Date.parse(at), state: verdict, why }
    ));
    return { ...surveyFact(this.#answers), walks };
  }

  /** Takes an answer in the place of an earlier one; undefined when there are too many photos. */
  answer({ photo, ...request }: AnswerRequest): Answer[] | undefined {
    const { store, now } = this.#deps;
    const older = this.#answers.find(({ question, register }) =>
      question === request.question && register === request.register
    );
    const kept = photo === undefined ? older?.photo ?? null : photo === null ? null : this.#keep(photo);
    if (kept === undefined) return undefined;
    const answer: Answer = { ...request, at: new Date(now()).toISOString(), photo: kept };
    if (answer.choice === null && answer.distance === null) store.removeAnswer(answer);
    else store.saveAnswer(answer);
    this.#answers = store.answers();
    return [...this.#answers];
  }

  photo(id: string): Photo | undefined {
    return this.#deps.store.photo(id);
  }

  walked(walk: WalkResult): void {
    this.#deps.store.saveWalk(walk);
    this.#walks = newestWalks([...this.#walks, walk]);
  }

  /** The id of a photo that is kept from now on; undefined: there is no room. */
  #keep(url: string): string | undefined {
    const [, media = "", base64 = ""] = /^data:([a-z/]+);base64,(.*)$/.exec(url) ?? [];
    const id = randomWord(this.#deps.random, PHOTO_ID_LENGTH);
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return this.#deps.store.savePhoto(id, { media, bytes }) ? id : undefined;
  }
}
