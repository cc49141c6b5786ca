/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { Config } from "../../shared/api.ts";
import { Duty } from "./duty.ts";
import type { Role } from "../../shared/staff.ts";
import type { Shelf } from "./kept.ts";
import { waitWords } from "./wait_words.ts";

const hash = (pin: string) => `scrypt$saltsaltsalt$${pin.padEnd(64, "0")}`; // stands for a hash; what the real one does is in config_test
const person = (id: string, pin: string, role: Role = "server") => ({ id, name: id, role, pinHash: hash(pin) });
const configWith = (...staff: ReturnType<typeof person>[]) =>
  Config.parse({ version: 1, venue: "Lola", currencyDigits: 2, sync: true, menu: [], staff });

function memoryShelf(): Shelf {
  const values = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => Promise.resolve(void values.set(key, value)),
  };
}

async function setUp({ shelf = memoryShelf(), now = 1_000_000 } = {}) {
  const clock = { now };
  const config = signal<Config | undefined>(configWith(person("ana", "1234"), person("ben", "5678")));
  let slow: Promise<void> | undefined;
  const pinMatches = async (pin: string, hashed: string) => {
    await slow;
    return hash(pin) === hashed;
  };
  const duty = new Duty({ config, shelf, now: () => clock.now, pinMatches });
  await duty.load();
  return { duty, config, clock, shelf, hold: (until: Promise<void>) => (slow = until) };
}

Deno.test("[CFG8] where no staff are named nobody is asked", async () => {
  const { duty, config } = await setUp();
  config.value = configWith();
  assert.equal(duty.state.value.kind, "open");
  config.value = undefined; // the first connection is still to come
  assert.equal(duty.state.value.kind, "open");
});

Deno.test("[CFG10] a PIN opens for its own person, until it is locked", async () => {
  const { duty } = await setUp();
  const kind = () => duty.state.value.kind;
  assert.equal(kind(), "locked");
  assert.equal(await duty.signIn("ana", "5678"), "wrong");
  assert.equal(kind(), "locked");
  assert.equal(await duty.signIn("ana", "1234"), "welcome");
  assert.equal(kind(), "signed-in");
  duty.lock();
  assert.equal(kind(), "locked");
});

Deno.test("[CFG10] who is removed or gets another PIN is not signed in any more; a new name or role stays in", async () => {
  const { duty, config } = await setUp();
  await duty.signIn("ana", "1234");
  config.value = configWith({ ...person("ana", "1234"), name: "Anna" });
  assert.ok(duty.state.value.kind === "signed-in" && duty.state.value.person.name === "Anna");
  config.value = configWith(person("ana", "9999"));
  assert.equal(duty.state.value.kind, "locked");
  config.value = configWith(person("ben", "5678"));
  assert.equal(await duty.signIn("ana", "1234"), "gone");
});

Deno.test("[CFG7] five wrong PINs make it wait, the right one too, and a reload does not help", async () => {
  const { duty, clock, shelf } = await setUp();
  for (let i = 0; i < 5; i++) assert.equal(await duty.signIn(i % 2 ? "ana" : "ben", "0000"), "wrong");
  assert.equal(await duty.signIn("ana", "1234"), "wait");
  const again = await setUp({ shelf, now: clock.now });
  assert.equal(await again.duty.signIn("ana", "1234"), "wait");
  again.clock.now += 30_000;
  assert.equal(await again.duty.signIn("ana", "1234"), "welcome");
  assert.equal(again.duty.waitMs(again.clock.now), 0);
  assert.equal(await again.duty.signIn("ana", "0000"), "wrong"); // counting begins anew
});

Deno.test("[CFG7] a try that the page's end cut short has counted", async () => {
  const { duty, shelf, hold } = await setUp();
  hold(new Promise(() => {}));
  for (let i = 0; i < 5; i++) void duty.signIn("ana", "0000");
  await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
  const again = await setUp({ shelf });
  assert.equal(await again.duty.signIn("ana", "1234"), "wait");
});

Deno.test("[CFG12] a manager's PIN allows one act and signs nobody in or out", async () => {
  const { duty, config } = await setUp();
  config.value = configWith(person("ana", "1234"), person("lola", "5678", "manager"));
  assert.deepEqual(duty.managers.map(({ id }) => id), ["lola"]);
  await duty.signIn("ana", "1234");
  assert.deepEqual(await duty.allow("lola", "1234"), { ok: false, why: "wrong" });
  assert.deepEqual(await duty.allow("lola", "5678"), { ok: true, by: "lola" });
  assert.deepEqual(await duty.allow("ana", "1234"), { ok: false, why: "gone" }, "who is no manager allows nothing");
  assert.ok(duty.state.value.kind === "signed-in" && duty.state.value.person.id === "ana");
  config.value = configWith(person("ana", "1234"), person("lola", "5678"));
  assert.deepEqual(await duty.allow("lola", "5678"), { ok: false, why: "gone" });
});

Deno.test("[CFG13] wrong PINs of managers and of those who sign in wait together, also through a reload", async () => {
  const { duty, config, shelf, clock } = await setUp();
  const staff = configWith(person("ana", "1234"), person("lola", "5678", "manager"));
  config.value = staff;
  for (let i = 0; i < 3; i++) assert.equal(await duty.signIn("ana", "0000"), "wrong");
  for (let i = 0; i < 2; i++) assert.deepEqual(await duty.allow("lola", "0000"), { ok: false, why: "wrong" });
  assert.deepEqual(await duty.allow("lola", "5678"), { ok: false, why: "wait" });
  const again = await setUp({ shelf, now: clock.now });
  again.config.value = staff;
  assert.deepEqual(await again.duty.allow("lola", "5678"), { ok: false, why: "wait" });
  again.clock.now += 30_000;
  assert.deepEqual(await again.duty.allow("lola", "5678"), { ok: true, by: "lola" });
});

Deno.test("[CFG13] signing in does not wipe out guesses at a manager's PIN; an hour does", async () => {
  const { duty, config, clock } = await setUp();
  config.value = configWith(person("ana", "1234"), person("lola", "5678", "manager"));
  for (let i = 0; i < 4; i++) await duty.allow("lola", "0000");
  await duty.signIn("ana", "0000"); // the fifth
  clock.now += 30_000;
  assert.equal(await duty.signIn("ana", "1234"), "welcome");
  assert.equal(duty.waitMs(clock.now), 0);
  assert.deepEqual(await duty.allow("lola", "0000"), { ok: false, why: "wrong" });
  assert.deepEqual(await duty.allow("lola", "5678"), { ok: false, why: "wait" });
  clock.now += 61 * 60_000;
  for (let i = 0; i < 4; i++) await duty.allow("lola", "0000");
  assert.deepEqual(await duty.allow("lola", "5678"), { ok: true, by: "lola" });
});

Deno.test("a wait is told in seconds, then minutes, with what to do", () => {
  assert.match(waitWords(29_001), /^Too many wrong PINs. Try again in 30 s. A manager can/);
  assert.match(waitWords(61_000), /in 2 min/);
});
