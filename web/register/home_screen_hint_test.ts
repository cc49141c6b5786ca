/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { wantsHomeScreen } from "./home_screen_hint.tsx";

Deno.test("[TLS6] only Safari on an iPad or iPhone, over https, is sent to the home screen before it enrols", () => {
  const safari = { standalone: false, maxTouchPoints: 5 };
  assert.equal(wantsHomeScreen(safari, true), true);
  assert.equal(wantsHomeScreen(safari, false), false, "plain http starts no page from the home screen");
  assert.equal(wantsHomeScreen({ ...safari, standalone: true }, true), false);
  assert.equal(wantsHomeScreen({ standalone: false, maxTouchPoints: 0 }, true), false, "a Mac");
  assert.equal(wantsHomeScreen({ maxTouchPoints: 5 }, true), false, "Android");
});
