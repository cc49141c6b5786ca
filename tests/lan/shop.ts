/** A shop on a network of its own: the real hub and registers, each a process on its own host. */
import { EnrollmentResponse, EnrolResponse, View } from "../../shared/api.ts";
import type { Check } from "../../shared/check/check.ts";
import type { CheckBody } from "../../shared/check/op.ts";
import { descendants } from "../support/child_processes.ts";
import { linesOf } from "./lines.ts";
import type { Host, Lan } from "./network.ts";
import type { Order, Told } from "./remote.ts";

const PORT = 8787;
const READY_WITHIN_MS = 20_000;
const PASSPHRASE = "a quiet evening";

/** A register on its host. */
export class Till {
  readonly host: Host;
  readonly id: string;
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncIterator<string>;

  constructor(host: Host, id: string, child: Deno.ChildProcess) {
    this.host = host;
    this.id = id;
    this.#child = child;
    this.#writer = child.stdin.getWriter();
    this.#lines = linesOf(child.stdout);
  }

  async tell(order: Order): Promise<Told> {
    await this.#writer.write(new TextEncoder().encode(`${JSON.stringify(order)}\n`));
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.host.name} has ended`);
    return JSON.parse(value);
  }

  ask(): Promise<Told> {
    return this.tell({ kind: "ask" });
  }

  async write(body: CheckBody): Promise<string> {
    return (await this.tell({ kind: "write", body })).wrote!;
  }

  async stop(): Promise<void> {
    await this.#writer.close().catch(() => {});
    await this.#child.status;
  }
}

export interface ShopOptions {
  readonly hubHost?: Host; // absent: one of its own
  readonly args?: readonly string[]; // further flags of the hub; absent: there is no internet behind this shop
}

export class Shop {
  readonly lan: Lan;
  readonly hubHost: Host;
  readonly url: string;
  readonly tills: Till[] = [];
  readonly #args: readonly string[];
  readonly #data: string;
  #hub: Deno.ChildProcess;
  #cookie = "";

  private constructor(lan: Lan, hubHost: Host, data: string, args: readonly string[]) {
    this.lan = lan;
    this.hubHost = hubHost;
    this.url = `http://${hubHost.address}:${PORT}`;
    this.#data = data;
    this.#args = args;
    this.#hub = this.#spawnHub();
  }

  static async open(lan: Lan, { hubHost, args = ["--probe-targets", "off"] }: ShopOptions = {}): Promise<Shop> {
    const shop = new Shop(lan, hubHost ?? await lan.host("hub"), await Deno.makeTempDir(), args);
    const code = await setupCode(shop.#hub);
    const answer = await shop.#call("/api/setup", {
      body: { code, venue: "Lola", passphrase: PASSPHRASE },
      headers: true,
    });
    shop.#cookie = /set-cookie: ([^;]+)/i.exec(answer)?.[1] ?? "";
    return shop;
  }

  /** Ends the hub as a power cut does; its disk stays. */
  async killHub(): Promise<void> {
    for (const { pid } of await descendants(this.#hub.pid)) Deno.kill(pid, "SIGKILL");
    await this.#hub.status;
  }

  async restartHub(): Promise<void> {
    this.#hub = this.#spawnHub();
    void drain(linesOf(this.#hub.stdout));
    await until(async () => (await this.#call("/healthz")) !== "", "the hub answers");
  }

  #spawnHub(): Deno.ChildProcess {
    const flags = ["--port", String(PORT), "--data", this.#data, ...this.#args];
    return this.lan.spawn(this.hubHost, Deno.execPath(), ["run", "-A", "server/start.ts", ...flags]);
  }

  async add(name: string, host: Host): Promise<Till> {
    const offer = EnrollmentResponse.parse(JSON.parse(await this.#call("/api/enrollments", { body: {} })));
    const enrolment = EnrolResponse.parse(
      JSON.parse(await this.#call("/api/registers", { body: { code: offer.code, name } })),
    );
    const args = ["run", "-A", "tests/lan/remote.ts", this.url, JSON.stringify(enrolment)];
    const till = new Till(host, enrolment.registerId, this.lan.spawn(host, Deno.execPath(), args));
    this.tills.push(till);
    await until(async () => (await till.ask()).state === "online", `${name} is online`);
    return till;
  }

  /** What a new register opens to enrol. */
  async link(): Promise<string> {
    const { code } = EnrollmentResponse.parse(JSON.parse(await this.#call("/api/enrollments", { body: {} })));
    return `${this.url}/register#code=${code}`;
  }

  /** A check as the hub tells it, with its whole story; undefined when it has none of it, or does not answer. */
  async check(id: string): Promise<Check | undefined> {
    const answer = JSON.parse(await this.#call(`/api/checks/${id}`) || "{}");
    return "story" in answer ? answer : undefined;
  }

  async view(): Promise<View> {
    return View.parse(JSON.parse(await this.#call("/api/view")));
  }

  async stop(): Promise<void> {
    for (const till of this.tills) await till.stop();
    this.#hub.kill("SIGTERM");
    await this.#hub.status;
    await Deno.remove(this.#data, { recursive: true });
  }

  /** What the hub answers, as it is sent; tests parse it with the contract. */
  async get(path: string): Promise<unknown> {
    return JSON.parse(await this.#call(path));
  }

  async post(path: string): Promise<unknown> {
    return JSON.parse(await this.#call(path, { body: {} }));
  }

  /** Un-enrols a register, whatever it holds, and switches it off. */
  async remove(till: Till): Promise<void> {
    this.tills.splice(this.tills.indexOf(till), 1);
    await till.stop();
    await this.#call(`/api/registers/${till.id}?force=true`, { method: "DELETE" });
  }

  async put(path: string, body: unknown): Promise<void> {
    const answer = JSON.parse(await this.#call(path, { body, method: "PUT" }));
    if ("error" in answer) throw new Error(JSON.stringify(answer));
  }

  /** A request from the hub's own machine, which is there whatever cable is out; by curl: this process is on no such network. */
  async #call(path: string, { body, method, headers = false }: Request = {}): Promise<string> {
    const args = ["-s", "-m", "10", ...(headers ? ["-i"] : []), "-H", `cookie: ${this.#cookie}`];
    if (body !== undefined) args.push("-H", "content-type: application/json", "-d", JSON.stringify(body));
    if (method !== undefined) args.push("-X", method);
    const curl = this.lan.spawn(this.hubHost, "curl", [...args, this.url + path]);
    await curl.stdin.close();
    const [text] = await Promise.all([new Response(curl.stdout).text(), curl.status]);
    return text;
  }
}

interface Request {
  readonly body?: unknown;
  readonly method?: string; // absent: as curl does, by whether there is a body
  readonly headers?: boolean; // the answer with its headers
}

/** Waits until `holds`, asking four times a second. */
export async function until(holds: () => Promise<boolean>, what: string, withinMs = 30_000): Promise<number> {
  const from = performance.now();
  while (performance.now() - from < withinMs) {
    if (await holds()) return performance.now() - from;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`Not so within ${withinMs / 1_000} s: ${what}`);
}

async function setupCode(hub: Deno.ChildProcess): Promise<string> {
  const lines = linesOf(hub.stdout);
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    const { value, done } = await lines.next();
    if (done) break;
    const code = /^Setup code: (\w+)/.exec(value)?.[1];
    if (code) {
      void drain(lines);
      return code;
    }
  }
  throw new Error("the hub did not start");
}

async function drain(lines: AsyncIterator<string>): Promise<void> {
  while (!(await lines.next()).done);
}
