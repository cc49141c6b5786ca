/** First run, sign-in, settings. */
import { Hono } from "hono";
import { SettingsRequest, SetupRequest, SignInRequest } from "../../shared/api.ts";
import type { SessionResponse, VenueResponse } from "../../shared/api.ts";
import type { Hub } from "../hub.ts";
import type { Venue } from "../venue.ts";
import type { Env, Guard } from "./guard.ts";
import { body } from "./parse.ts";
import { Refusal } from "./refusal.ts";

export function venueRoutes({ hub, venue, guard }: { hub: Hub; venue: Venue; guard: Guard }): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/session", (c) => {
    const { isSetUp, name } = venue;
    return c.json<SessionResponse>({ setUp: isSetUp, signedIn: guard.isSignedIn(c), venue: isSetUp ? name : null });
  });

  routes.post("/setup", async (c) => {
    const request = await body(c, SetupRequest);
    const outcome = await guard.guess(
      c,
      () => venue.setUp(request),
      (result) => !result.ok && result.reason === "wrong-code",
    );
    if (!outcome.ok) {
      throw outcome.reason === "done"
        ? new Refusal(409, "set-up-already", "This hub has a venue already. Sign in with its passphrase")
        : new Refusal(
          403,
          "wrong-code",
          "This is not the setup code. It stands in the hub's terminal, after “Setup code:”",
        );
    }
    guard.signIn(c, outcome.token);
    return c.json<VenueResponse>({ venue: venue.name }, 201);
  });

  routes.post("/sign-in", async (c) => {
    const { passphrase } = await body(c, SignInRequest);
    if (!venue.isSetUp) {
      throw new Refusal(409, "not-set-up", "This hub has no venue yet. Set it up first, with its setup code");
    }
    const token = await guard.guess(c, () => venue.signIn(passphrase), (found) => found === undefined);
    if (token === undefined) throw new Refusal(401, "wrong-passphrase", "This is not the venue's passphrase");
    guard.signIn(c, token);
    return c.json<VenueResponse>({ venue: venue.name });
  });

  routes.post("/sign-out", (c) => {
    guard.signOut(c);
    return c.body(null, 204);
  });

  routes.patch("/settings", async (c) => {
    guard.needManager(c);
    return c.json(hub.desk.change(await body(c, SettingsRequest)));
  });

  return routes;
}
