/** The installer's page, for managers; and what a register asks for during a walk test. */
import { type Context, Hono } from "hono";
import { ReportRequest } from "../../shared/install/report.ts";
import { AnswerRequest } from "../../shared/install/survey.ts";
import { WALK_CHUNK_BYTES, WalkReading, WalkRequest } from "../../shared/install/walk.ts";
import { WalkAskRequest } from "../../shared/install_api.ts";
import type { Install } from "../install.ts";
import type { Survey } from "../survey.ts";
import type { Asked, Begun, Walks } from "../walks.ts";
import type { Env, Guard } from "./guard.ts";
import { body } from "./parse.ts";
import { Refusal } from "./refusal.ts";

export interface InstallRoutesDeps {
  readonly install: Install;
  readonly survey: Survey;
  readonly walks: Walks;
  readonly hub: { has(register: string): boolean };
  readonly guard: Guard;
}

const CHUNK = new Uint8Array(WALK_CHUNK_BYTES).map((_, i) => (i * 197 + (i >> 8) * 31) & 0xff); // does not shrink on the way

export function installRoutes({ install, survey, walks, hub, guard }: InstallRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();
  const needRegister = (id: string | null) => {
    if (id === null || hub.has(id)) return;
    throw new Refusal(404, "unknown-register", "No register with this id is enrolled");
  };

  routes.get("/install", (c) => {
    guard.needManager(c);
    return c.json(install.view());
  });

  routes.put("/install/survey", async (c) => {
    guard.needManager(c);
    const answer = await body(c, AnswerRequest);
    needRegister(answer.register);
    if (!survey.answer(answer)) {
      throw new Refusal(409, "photos-full", "This hub keeps no more photos. Save the answer without one");
    }
    return c.json(install.view());
  });

  routes.get("/install/photos/:id", (c) => {
    guard.needManager(c);
    const photo = survey.photo(c.req.param("id"));
    if (!photo) throw new Refusal(404, "unknown-photo", "There is no such photo");
    return c.body(photo.bytes as Uint8Array<ArrayBuffer>, 200, {
      "content-type": photo.media,
      "cache-control": "private, max-age=31536000, immutable",
    });
  });

  routes.post("/install/walks", async (c) => {
    guard.needManager(c);
    const { register, spot } = await body(c, WalkAskRequest);
    needRegister(register);
    const asked = walks.ask(register, spot);
    if (!asked.ok) throw walkRefusal(asked.reason);
    return c.json(install.view(), 201);
  });

  routes.post("/install/reports", async (c) => {
    guard.needManager(c);
    const signed = install.sign(await body(c, ReportRequest));
    if (!signed) throw new Refusal(409, "reports-full", "This hub keeps no more reports");
    return c.json(signed, 201);
  });

  routes.get("/install/reports/:id", (c) => {
    guard.needManager(c);
    const report = install.report(c.req.param("id"));
    if (!report) throw new Refusal(404, "unknown-report", "There is no report with this id at this hub");
    return c.json(report);
  });

  routes.post("/walks", async (c) => {
    const register = guard.needRegister(c);
    const begun = walks.begin(register, (await body(c, WalkRequest)).spot);
    if (!begun.ok) throw walkRefusal(begun.reason);
    return c.json(begun.start, 201);
  });

  routes.get("/walks/:id/ping", (c) => {
    const register = guard.needRegister(c);
    allow(walks.ping(register, c.req.param("id")));
    return c.body(null, 204);
  });

  routes.get("/walks/:id/bytes", (c) => {
    const register = guard.needRegister(c);
    allow(walks.bytes(register, c.req.param("id"), WALK_CHUNK_BYTES));
    return c.body(CHUNK, 200, { "content-type": "application/octet-stream", "cache-control": "no-store" });
  });

  routes.post("/walks/:id/bytes", async (c) => {
    const register = guard.needRegister(c);
    const id = c.req.param("id");
    allow(walks.bytes(register, id, 0)); // before anything is read
    const { byteLength } = await c.req.arrayBuffer();
    allow(walks.bytes(register, id, byteLength));
    return c.json({ bytes: byteLength });
  });

  routes.post("/walks/:id/result", async (c) => {
    const register = guard.needRegister(c);
    const result = walks.finish(register, c.req.param("id"), await body(c, WalkReading));
    if (!result) throw unknownWalk();
    return c.json(result, 201);
  });

  return routes;
}

/** Whether a path takes the bytes of a walk test, which are more than any other body. */
export function isWalkBytes(c: Context): boolean {
  return /^\/api\/walks\/[^/]+\/bytes$/.test(c.req.path);
}

function allow(taken: ReturnType<Walks["ping"]>): void {
  if (taken.ok) return;
  if (taken.reason === "unknown") throw unknownWalk();
  throw new Refusal(429, "too-much", "This walk test has asked for as much as one may");
}

function unknownWalk(): Refusal {
  return new Refusal(404, "unknown-walk", "This walk test is not under way. Start it again");
}

function walkRefusal(reason: Extract<Asked | Begun, { ok: false }>["reason"]): Refusal {
  switch (reason) {
    case "busy":
      return new Refusal(409, "walk-under-way", "Another walk test is under way. Wait until it is done");
    case "too-often":
      return new Refusal(429, "too-many-walks", "Many walk tests ran just now. Wait ten minutes");
    case "away":
      return new Refusal(409, "register-away", "This register is not connected now. Bring its page to the front");
    case "cannot":
      return new Refusal(
        409,
        "cannot-walk",
        "This register's app cannot be asked. Start the walk test on it, if it can",
      );
  }
}
