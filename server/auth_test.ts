import assert from "node:assert/strict";
import { Attempts, hashPassphrase, hashSecret, newToken, verifyPassphrase } from "./auth.ts";

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

Deno.test("a passphrase is kept salted and verified whatever its Unicode form", async () => {
  const [one, two] = [await hashPassphrase("café au lait", random), await hashPassphrase("café au lait", random)];
  assert.notEqual(one, two);
  assert.ok(!one.includes("café"));
  assert.equal(await verifyPassphrase("café au lait".normalize("NFD"), one), true);
  assert.equal(await verifyPassphrase("cafe au lait", one), false);
  assert.equal(await verifyPassphrase("anything", "damaged"), false);
});

Deno.test("tokens are long, and kept only as a hash", () => {
  const token = newToken(random);
  assert.match(token, /^[0-9a-hjkmnp-tv-z]{40}$/);
  assert.notEqual(hashSecret(token), token);
  assert.equal(hashSecret(token), hashSecret(token));
});

Deno.test("[API2] wrong guesses of one address add up, fade with time, and end with a right one", () => {
  const attempts = new Attempts();
  for (let i = 0; i < 9; i++) attempts.failed("1.2.3.4", 1_000);
  assert.equal(attempts.waitMs("1.2.3.4", 1_000), 0);
  attempts.failed("1.2.3.4", 1_000);
  assert.equal(attempts.waitMs("1.2.3.4", 61_000), 9 * 60_000);
  assert.equal(attempts.waitMs("5.6.7.8", 61_000), 0);
  assert.equal(attempts.waitMs("1.2.3.4", 1_000 + 10 * 60_000), 0);
  attempts.succeeded("1.2.3.4");
  assert.equal(attempts.waitMs("1.2.3.4", 2_000), 0);
});
