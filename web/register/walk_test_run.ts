/** The walk test of this register: asked for here or from the installer's page, one at a time, with what it came to. */
import { signal } from "@preact/signals";
import { WalkResult, WalkStart } from "../../shared/install/walk.ts";
import { walk, type WalkPart } from "../../shared/install/walker.ts";
import { request } from "../lib/http.ts";

const CHUNK_WITHIN_MS = 8_000; // a chunk that takes longer is no throughput at all

export type WalkState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly spot: string; readonly part: WalkPart; readonly share: number }
  | { readonly kind: "done"; readonly result: WalkResult }
  | { readonly kind: "failed"; readonly message: string };

export class WalkTest {
  readonly state = signal<WalkState>({ kind: "idle" });
  readonly #token: () => string;

  constructor(token: () => string) {
    this.#token = token;
  }

  /** Begins at a spot, unless one runs already. */
  async start(spot: string): Promise<void> {
    if (this.state.value.kind === "running") return;
    this.state.value = { kind: "running", spot, part: "pings", share: 0 };
    const token = this.#token();
    const started = await request(WalkStart, "/api/walks", { method: "POST", body: { spot }, token });
    if (!started.ok) return this.#fail(started.message);
    const { id, plan } = started.data;
    const headers = { authorization: `Bearer ${token}` };
    const at = (what: string) => `/api/walks/${id}/${what}`;
    const ask = async (what: string, withinMs: number, init: RequestInit = {}): Promise<Response | undefined> => {
      const patience = new AbortController();
      const timer = setTimeout(() => patience.abort(), withinMs);
      try {
        const response = await fetch(at(what), { headers, cache: "no-store", signal: patience.signal, ...init });
        return response.ok ? new Response(response.status === 204 ? null : await response.arrayBuffer()) : undefined;
      } catch {
        return undefined; // not in time, or no way there: that is what is measured
      } finally {
        clearTimeout(timer);
      }
    };
    const chunk = new Uint8Array(plan.chunkBytes);
    const reading = await walk(plan, {
      ping: async () => await ask("ping", plan.lostAfterMs) !== undefined,
      down: async () => (await (await ask("bytes", CHUNK_WITHIN_MS))?.arrayBuffer())?.byteLength ?? 0,
      up: async () => await ask("bytes", CHUNK_WITHIN_MS, { method: "POST", body: chunk }) ? plan.chunkBytes : 0,
      steady: () => performance.now(),
      wait: (ms) => new Promise((done) => setTimeout(done, ms)),
      progress: (part, share) => (this.state.value = { kind: "running", spot, part, share }),
    });
    const result = await request(WalkResult, at("result"), { method: "POST", body: reading, token });
    if (result.ok) this.state.value = { kind: "done", result: result.data };
    else this.#fail(result.message);
  }

  #fail(message: string): void {
    this.state.value = { kind: "failed", message };
  }
}
