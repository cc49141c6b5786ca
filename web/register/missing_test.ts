/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { missingWords, movingWords } from "./missing.ts";

const ALL = { startsAlone: true, staysAwake: true, keepsForGood: true };

Deno.test("[TLS8] what the page does without is told one by one, and nothing else is", () => {
  assert.deepEqual(missingWords(ALL), []);
  assert.match(missingWords({ ...ALL, startsAlone: false }).join(), /^It cannot start while the hub is off/);
  assert.match(missingWords({ ...ALL, staysAwake: false }).join(), /^It cannot keep the screen on/);
  assert.match(missingWords({ ...ALL, keepsForGood: false }).join(), /^The browser has not promised/);
});

Deno.test("[TLS8] a register that holds changes is told to hand them over before it moves to https", () => {
  assert.match(movingWords(2), /First let everything here reach the hub/);
  assert.match(movingWords(0), /nothing is left behind/);
});
