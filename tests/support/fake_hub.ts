/**
 * A hub for looking at pages: serves `web/dist` and the HTTP contract with a scene's data, under the same strict policy as the real
 * one. Nothing is kept and nothing is measured. By hand: `deno run -A tests/support/fake_hub.ts evening 8790`.
 */
import { extname } from "node:path";
import { type Scene, seriesOf, uptimeAt, viewOf } from "./scenes.ts";

const DIST = new URL("../../web/dist/", import.meta.url);
const POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'";
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const PAGES: Record<string, string> = { "/": "index.html", "/register": "register.html" };
const FEED_EVERY_MS = 1_000;
const CODE_LIFE_MS = 10 * 60_000;

export class FakeHub {
  scene: Scene;
  feed: "speaks" | "quiet" = "speaks"; // quiet: the source stays open and says nothing
  arrived: string[] = []; // names of registers enrolled since
  readonly asked: string[] = []; // "DELETE /api/registers/…", in order
  #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(scene: Scene, port = 0) {
    this.scene = scene;
    const handler = (request: Request) => this.#answer(request);
    this.#server = Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, handler);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async stop(): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (!pathname.startsWith("/api/")) return await file(pathname);
    this.asked.push(`${request.method} ${pathname}`);
    if (pathname === "/api/session") return Response.json(this.#session());
    if (this.scene === "failing") return refuse(500, "storage", "The hub cannot read its disk. Restart it.");
    const body = request.body ? await request.json().catch(() => ({})) : {};
    switch (`${request.method} ${pathname.replace(/registers\/[^/]+/, "registers/:id")}`) {
      case "POST /api/setup":
      case "POST /api/sign-in":
        if (body.passphrase !== "correct horse") return refuse(401, "passphrase", "That is not it.");
        this.scene = "evening";
        return new Response(null, { status: 204 });
      case "POST /api/sign-out":
        this.scene = "signed-out";
        return new Response(null, { status: 204 });
      case "GET /api/view":
        return Response.json(viewOf(this.scene, Date.now(), this.arrived));
      case "GET /api/feed":
        return this.#stream();
      case "POST /api/enrollments":
        return Response.json({
          code: "7KQ2MX",
          url: "https://192.168.1.10:8787/register#7KQ2MX",
          expiresAt: new Date(Date.now() + CODE_LIFE_MS).toISOString(),
        });
      case "PATCH /api/registers/:id":
        return Response.json({ ok: true });
      case "DELETE /api/registers/:id":
        return searchParams.get("force") === "true" || !pathname.includes("w1nd0w01")
          ? new Response(null, { status: 204 })
          : refuse(409, "unsynced", "2 changes would be lost.");
      case "PATCH /api/settings":
        return Response.json({ sync: true, latestVersion: "3.2.0", ...body });
      case "GET /api/registers/:id/series":
        return Response.json(seriesOf(searchParams.get("range") === "day" ? "day" : "hour", Date.now()));
      case "GET /api/uptime":
        return Response.json(uptimeAt(viewOf(this.scene, Date.now(), this.arrived)));
      case "GET /api/incidents":
        return Response.json({ incidents: viewOf(this.scene, Date.now()).incidents });
      default:
        return refuse(404, "not-found", "There is nothing here.");
    }
  }

  #session() {
    const setUp = this.scene !== "new";
    return { setUp, signedIn: setUp && this.scene !== "signed-out", venue: setUp ? "Bar Lola" : null };
  }

  #stream(): Response {
    const encoder = new TextEncoder();
    let timer: ReturnType<typeof setInterval>;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const say = () => {
          if (this.feed === "quiet") return;
          const view = JSON.stringify(viewOf(this.scene, Date.now(), this.arrived));
          controller.enqueue(encoder.encode(`event: view\ndata: ${view}\n\n`));
        };
        say();
        timer = setInterval(say, FEED_EVERY_MS);
      },
      cancel: () => clearInterval(timer),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
  }
}

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status });
}

async function file(pathname: string): Promise<Response> {
  const name = PAGES[pathname] ?? pathname.slice(1);
  try {
    const bytes = await Deno.readFile(new URL(name, DIST));
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    return new Response(bytes, { headers: { "content-type": type, "content-security-policy": POLICY } });
  } catch {
    return new Response("Not here", { status: 404 });
  }
}

if (import.meta.main) {
  const [scene = "evening", port = "8790"] = Deno.args;
  console.log(new FakeHub(scene as Scene, Number(port)).url);
}
