/** A shop on a network of its own: the real hub and registers, each a process on its own host. */
import { EnrollmentResponse, EnrolResponse, View } from "../../shared/api.ts";
import type { Check } from "../../shared/check/check.ts";
import type { CheckBody } from "../../shared/check/op.ts";
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

export class Shop {
  readonly lan: Lan;
  readonly hubHost: Host;
  readonly url: string;
  readonly tills: Till[] = [];
  readonly #hub: Deno.ChildProcess;
  readonly #data: string;
  readonly #desk: Host; // where the manager's browser is
  #cookie = "";

  private constructor(lan: Lan, hubHost: Host, desk: Host, hub: Deno.ChildProcess, data: string) {
    this.lan = lan;
    this.hubHost = hubHost;
    this.url = `http://${hubHost.address}:${PORT}`;
    this.#desk = desk;
    this.#hub = hub;
    this.#data = data;
  }

  static async open(lan: Lan): Promise<Shop> {
    const [hubHost, desk] = [await lan.host("hub"), await lan.host("desk")];
    const data = await Deno.makeTempDir();
    const hub = lan.spawn(hubHost, Deno.execPath(), [
      "run",
      "-A",
      "server/start.ts",
      "--port",
      String(PORT),
      "--data",
      data,
      "--probe-targets",
      "off", // there is no internet behind this shop
    ]);
    const shop = new Shop(lan, hubHost, desk, hub, data);
    const code = await setupCode(hub);
    const answer = await shop.#call("/api/setup", { code, venue: "Lola", passphrase: PASSPHRASE }, true);
    shop.#cookie = /set-cookie: ([^;]+)/i.exec(answer)?.[1] ?? "";
    return shop;
  }

  async add(name: string, host: Host): Promise<Till> {
    const offer = EnrollmentResponse.parse(JSON.parse(await this.#call("/api/enrollments", {})));
    const enrolment = EnrolResponse.parse(JSON.parse(await this.#call("/api/registers", { code: offer.code, name })));
    const args = ["run", "-A", "tests/lan/remote.ts", this.url, JSON.stringify(enrolment)];
    const till = new Till(host, enrolment.registerId, this.lan.spawn(host, Deno.execPath(), args));
    this.tills.push(till);
    await until(async () => (await till.ask()).state === "online", `${name} is online`);
    return till;
  }

  /** What a new register opens to enrol. */
  async link(): Promise<string> {
    const { code } = EnrollmentResponse.parse(JSON.parse(await this.#call("/api/enrollments", {})));
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

  /** A request from the manager's desk, by curl: this process is on no such network. */
  async #call(path: string, body?: unknown, withHeaders = false): Promise<string> {
    const args = ["-s", "-m", "5", ...(withHeaders ? ["-i"] : []), "-H", `cookie: ${this.#cookie}`];
    if (body !== undefined) args.push("-H", "content-type: application/json", "-d", JSON.stringify(body));
    const curl = this.lan.spawn(this.#desk, "curl", [...args, this.url + path]);
    await curl.stdin.close();
    return await new Response(curl.stdout).text();
  }
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

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
