/**
 * One POST to an address that a manager entered. The address may be in the venue's own network, where a shop's own server may stand, but
 * not a link-local one, where clouds keep their keys. A redirect is not followed, so that nobody else chooses where we post; of an answer
 * only its status is read, so that nothing comes back through us.
 */
import { isLinkLocal, type Outcome } from "./channel.ts";

const POST_MAX_MS = 10_000; // the services of this kind answer in one second
const RETRY_AFTER_MAX_MS = 60 * 60_000; // nobody makes the hub wait longer

export interface Post {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string; // JSON
}

export async function post({ url, headers, body }: Post): Promise<Outcome> {
  const { hostname } = new URL(url);
  if (isLinkLocal(hostname)) return failure("Notices are not sent to link-local addresses. Enter another one.");
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), POST_MAX_MS);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Counterpart", ...headers },
      body,
      redirect: "manual",
      signal: patience.signal,
    });
    await response.body?.cancel();
    return outcomeOf(response, hostname);
  } catch {
    return failure(
      patience.signal.aborted
        ? `${hostname} did not answer within ${POST_MAX_MS / 1_000} s.`
        : `${hostname} could not be reached. Check the address, and that the internet works.`,
    );
  } finally {
    clearTimeout(timer);
  }
}

function outcomeOf({ status, headers }: Response, host: string): Outcome {
  if (status >= 200 && status < 300) return { kind: "arrived", said: `${host} took it.` };
  if (status >= 300 && status < 400) {
    return failure(`${host} points elsewhere (${status}), and notices are not sent on. Enter the final address.`);
  }
  switch (status) {
    case 401:
    case 403:
      return failure(`${host} does not let us in (${status}). Make a new address or key there and enter it here.`);
    case 404:
    case 410:
      return failure(`${host} knows no such address (${status}). Make a new one there and enter it here.`);
    case 429:
      return { ...failure(`${host} asks us to wait (429). The hub tries again.`), retryAfterMs: retryAfter(headers) };
    default:
      return status < 500
        ? failure(`${host} did not accept the message (${status}). Check that the kind of channel is right.`)
        : failure(`${host} has trouble of its own (${status}). The hub tries again.`);
  }
}

function failure(said: string): Extract<Outcome, { kind: "failed" }> {
  return { kind: "failed", said };
}

function retryAfter(headers: Headers): number | undefined {
  const seconds = Number(headers.get("retry-after") ?? NaN);
  return seconds > 0 ? Math.min(seconds * 1_000, RETRY_AFTER_MAX_MS) : undefined;
}
