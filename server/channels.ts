/** The channels that a manager has set. Kept with the venue's settings; what opens one goes in and is never told again. */
import { type Random, randomWord } from "../shared/ids.ts";
import type { ChannelRequest } from "../shared/notice_api.ts";
import type { Channel, Target } from "./notify/channel.ts";
import type { VenueStore } from "./store/venue.ts";

const SETTING = "noticeChannels";
const ID_LENGTH = 8; // of at most ten

export interface ChannelSettingsDeps {
  readonly store: Pick<VenueStore, "setting" | "saveSettings">;
  readonly random: Random;
  readonly hostOf: (target: Target) => string;
}

export type ReplaceOutcome = { readonly ok: true } | {
  readonly ok: false;
  readonly reason: "unknown" | "address-missing" | "secret-missing";
  readonly name: string;
};

export class ChannelSettings {
  readonly #deps: ChannelSettingsDeps;
  #all: readonly Channel[];

  constructor(deps: ChannelSettingsDeps) {
    this.#deps = deps;
    this.#all = (deps.store.setting(SETTING) as Channel[] | undefined) ?? [];
  }

  get all(): readonly Channel[] {
    return this.#all;
  }

  /** Replaces all channels, or none of them. What a request leaves out of a known channel stays as it was. */
  replace(requests: readonly ChannelRequest[]): ReplaceOutcome {
    const next: Channel[] = [];
    for (const request of requests) {
      const before = this.#all.find(({ id }) => id === request.id);
      const { name, on, severities, when } = request;
      if (request.id !== undefined && before?.target.kind !== request.kind) {
        return { ok: false, reason: "unknown", name };
      }
      const target = this.#targetOf(request, before?.target);
      if (typeof target === "string") return { ok: false, reason: target, name };
      const id = before?.id ?? randomWord(this.#deps.random, ID_LENGTH);
      next.push({ id, name, on, severities: [...new Set(severities)], when, target });
    }
    this.#deps.store.saveSettings({ [SETTING]: next });
    this.#all = next;
    return { ok: true };
  }

  /** A password or token that was entered for one host is not sent to another. */
  #targetOf(request: ChannelRequest, before: Target | undefined): Target | "address-missing" | "secret-missing" {
    const target = merged(request, before);
    if (target === undefined) return "address-missing";
    if (!("secret" in request) && before && "secret" in before && before.secret !== undefined) {
      if (target.kind !== "webhook" && this.#deps.hostOf(target) !== this.#deps.hostOf(before)) return "secret-missing";
    }
    return target;
  }
}

function merged(request: ChannelRequest, before: Target | undefined): Target | undefined {
  const secret = () => {
    if (!("secret" in request) || request.secret === undefined) {
      return before && "secret" in before ? before.secret : undefined;
    }
    return request.secret || undefined; // null and empty: none
  };
  if (request.kind === "email") {
    const { kind, host, port, security, user, from, to } = request;
    return { kind, host, port, security, user, from, to, secret: secret() };
  }
  const url = request.url ?? (before && "url" in before ? before.url : undefined);
  if (url === undefined) return undefined;
  const { kind } = request;
  return kind === "webhook" || kind === "ntfy" ? { kind, url, secret: secret() } : { kind, url };
}
