/** A manager without a page: what a test asks of a hub over HTTP, signed in. */
import assert from "node:assert/strict";
import { CheckSummary, EnrollmentResponse, EnrolResponse, View } from "../../shared/api.ts";
import type { Check } from "../../shared/check/check.ts";

export const PASSPHRASE = "a quiet evening";
const CHECKS_MAX = 500; // as many as the hub lists

export class Manager {
  readonly url: string;
  readonly cookie: string;

  private constructor(url: string, cookie: string) {
    this.url = url;
    this.cookie = cookie;
  }

  /** Makes the hub's venue, with the code that it shows. */
  static setUp(
    { url, setupCode }: { url: string; setupCode: string | undefined },
    venue = "Bar Lola",
  ): Promise<Manager> {
    return Manager.#open(url, "/api/setup", { code: setupCode, venue, passphrase: PASSPHRASE });
  }

  static signIn({ url }: { url: string }): Promise<Manager> {
    return Manager.#open(url, "/api/sign-in", { passphrase: PASSPHRASE });
  }

  async offer(): Promise<EnrollmentResponse> {
    return EnrollmentResponse.parse(await this.#call("/api/enrollments", {}));
  }

  async enrol(name: string): Promise<EnrolResponse> {
    return await this.enrolWith((await this.offer()).code, name);
  }

  async enrolWith(code: string, name: string): Promise<EnrolResponse> {
    return EnrolResponse.parse(await this.#call("/api/registers", { code, name }));
  }

  async view(): Promise<View> {
    return View.parse(await this.#call("/api/view"));
  }

  async checks(): Promise<CheckSummary[]> {
    return CheckSummary.array().parse(
      (await this.#call(`/api/checks?limit=${CHECKS_MAX}`) as { checks: unknown }).checks,
    );
  }

  async check(id: string): Promise<Check> {
    return await this.#call(`/api/checks/${id}`) as Check;
  }

  async #call(path: string, body?: unknown): Promise<unknown> {
    const response = await send(this.url + path, body, { cookie: this.cookie });
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  static async #open(url: string, path: string, body: unknown): Promise<Manager> {
    const response = await send(url + path, body);
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${response.status} ${text}`);
    return new Manager(url, response.headers.get("set-cookie")!.split(";")[0]!);
  }
}

/** A heartbeat by HTTP, as the app of any other maker posts it. */
export async function postHeartbeat(url: string, token: string, parts: Record<string, unknown>): Promise<void> {
  const beat = { sentAt: new Date().toISOString(), app: { version: "0.1.0" }, ...parts };
  const response = await send(`${url}/api/heartbeats`, beat, { authorization: `Bearer ${token}` });
  assert.equal(response.status, 200, await response.text());
}

function send(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const type = { "content-type": "application/json" };
  const init = body === undefined
    ? { headers }
    : { method: "POST", body: JSON.stringify(body), headers: { ...headers, ...type } };
  return fetch(url, init);
}
