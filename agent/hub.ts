/** The two calls that the agent makes of a hub. What a network does is a value; nothing here throws for it. */
import { EnrolResponse, ErrorResponse, HeartbeatResponse } from "../shared/api.ts";
import type { DeviceInfo, Heartbeat } from "../shared/heartbeat.ts";

const ANSWER_WITHIN_MS = 4_000; // less than from one heartbeat to the next
const ANSWER_MAX_BYTES = 1024 * 1024; // some findings are a hundredth of it
const TOO_BUSY = [408, 425, 429];

export type Outcome<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "refused"; readonly status: number; readonly code: string; readonly message: string } // the hub said no
  | { readonly kind: "away"; readonly why: string }; // nobody answered, or somebody who is no hub

export interface Enrolment {
  readonly code: string;
  readonly name: string;
  readonly device: DeviceInfo;
  readonly app: { readonly version: string };
}

export function enrol(hub: string, request: Enrolment): Promise<Outcome<EnrolResponse>> {
  return post(`${hub}/api/registers`, request, {}, (answer) => EnrolResponse.safeParse(answer));
}

export function sendHeartbeat(hub: string, token: string, beat: Heartbeat): Promise<Outcome<HeartbeatResponse>> {
  const headers = { authorization: `Bearer ${token}` };
  return post(`${hub}/api/heartbeats`, beat, headers, (answer) => HeartbeatResponse.safeParse(answer));
}

async function post<T>(
  url: string,
  body: unknown,
  headers: Record<string, string>,
  parse: (answer: unknown) => { success: true; data: T } | { success: false },
): Promise<Outcome<T>> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error", // a login page of a Wi-Fi must not get the token
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const answer = await jsonOf(response);
    if (response.ok) {
      const parsed = parse(answer);
      return parsed.success
        ? { kind: "ok", value: parsed.data }
        : { kind: "away", why: "what answered there is no hub" };
    }
    const refused = ErrorResponse.safeParse(answer);
    if (response.status >= 500 || TOO_BUSY.includes(response.status) || !refused.success) {
      return { kind: "away", why: `it answered with ${response.status}` };
    }
    return { kind: "refused", status: response.status, ...refused.data.error };
  } catch (thrown) {
    return { kind: "away", why: sayWhy(thrown) };
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    if ((bytes += chunk.length) > ANSWER_MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(await new Blob(chunks).text());
  } catch {
    return undefined;
  }
}

function sayWhy(thrown: unknown): string {
  const text = thrown instanceof Error ? `${thrown.message} ${thrown.cause ?? ""}` : String(thrown);
  if (thrown instanceof DOMException && thrown.name === "TimeoutError") {
    return `no answer within ${ANSWER_WITHIN_MS / 1_000} s`;
  }
  if (/certificate|UnknownIssuer/i.test(text)) {
    return "this computer does not trust the hub's certificate: use its http address, or --ca with the file from /api/trust/ca.pem";
  }
  if (/refused/i.test(text)) return "nothing listens at that address and port";
  if (/dns|lookup|resolve/i.test(text)) return "that name is not known on this network";
  return "it cannot be reached";
}
