/** A channel while it is being typed, and the request that it becomes. Pure. */
import { type ChannelKind } from "../../shared/notice.ts";
import { ChannelRequest, type ChannelView } from "../../shared/notice_api.ts";

export interface ChannelDraft {
  readonly id?: string; // absent: a new one
  readonly kind: ChannelKind;
  readonly name: string;
  readonly on: boolean;
  readonly tells: "fail" | "all";
  readonly when: ChannelRequest["when"];
  readonly url: string; // empty for a known one: as it was
  readonly secret: string; // empty: as it was
  readonly host: string;
  readonly port: string;
  readonly security: "tls" | "starttls" | "none";
  readonly user: string;
  readonly from: string;
  readonly to: string; // with commas between
}

export type DraftTroubles = Partial<Record<string, string>>; // by field

export const NEW_CHANNEL: ChannelDraft = {
  ...{ kind: "ntfy", name: "", on: true, tells: "fail", when: "any-time", url: "", secret: "" },
  ...{ host: "", port: "465", security: "tls", user: "", from: "", to: "" },
};

export function draftOf(channel: ChannelView): ChannelDraft {
  const { id, kind, name, on, severities, when, mail } = channel;
  const { host = "", port = 465, security = "tls", user = "", from = "", to = [] } = mail ?? {};
  return {
    ...{ id, kind, name, on, tells: severities.includes("warn") ? "all" : "fail", when, url: "", secret: "" },
    ...{ host, port: String(port), security, user, from, to: to.join(", ") },
  };
}

/** The request for a channel that is not changed: what is left out stays. */
export function keeping(channel: ChannelView): ChannelRequest {
  return ChannelRequest.parse(loose(draftOf(channel)));
}

/** The request, or what is wrong with which field. */
export function requestOf(draft: ChannelDraft): { readonly request: ChannelRequest } | { troubles: DraftTroubles } {
  const missing = draft.id === undefined && draft.kind !== "email" && draft.url.trim() === "";
  const parsed = ChannelRequest.safeParse(loose(draft));
  if (parsed.success && !missing) return { request: parsed.data };
  const issues = parsed.error?.issues ?? [];
  const troubles: DraftTroubles = Object.fromEntries(
    issues.toReversed().map((
      { path, message },
    ) => [String(path[0]), path[0] === "port" ? "A number to 65535." : message]),
  );
  return { troubles: missing ? { ...troubles, url: "Enter the address to send to." } : troubles };
}

function loose(draft: ChannelDraft): Record<string, unknown> {
  const { id, kind, name, on, tells, when, url, secret } = draft;
  const common = { id, kind, name, on, severities: tells === "all" ? ["warn", "fail"] : ["fail"], when };
  const key = secret.trim() === "" ? {} : { secret };
  if (kind !== "email") return { ...common, ...key, ...(url.trim() === "" ? {} : { url }) };
  const { host, port, security, user, from, to } = draft;
  const addresses = to.split(/[,;\s]+/).filter((address) => address !== "");
  return { ...common, ...key, host, port: Number(port), security, user, from, to: addresses };
}
