import assert from "node:assert/strict";
import { hashPassphrase, hashSecret, newToken, verifyPassphrase } from "./auth.ts";
import { openDatabase } from "./store/db.ts";
import { VenueStore } from "./store/venue.ts";
import { letterOf, Venue } from "./venue.ts";

function open(db = openDatabase(":memory:")) {
  const clock = { now: 1_000_000 };
  const secrets = { newToken, hashSecret, hashPassphrase, verifyPassphrase };
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const offer = () => ({ menu: [], taxes: [], staff: [] });
  return { venue: new Venue({ store: new VenueStore(db), secrets, random, now: () => clock.now, offer }), clock, db };
}

Deno.test("[CHK10] letters go from A to Z, then AA", () => {
  assert.deepEqual([0, 1, 25, 26, 27, 51, 52, 701, 702].map(letterOf), [
    "A",
    "B",
    "Z",
    "AA",
    "AB",
    "AZ",
    "BA",
    "ZZ",
    "AAA",
  ]);
});

Deno.test("[API1] the setup code is read as people type it", async () => {
  const { venue } = open();
  const typed = ` ${venue.setupCode.slice(0, 3).toLowerCase()}-${venue.setupCode.slice(3).replaceAll("0", "o")} `;
  assert.equal((await venue.setUp({ code: typed, venue: "Lola", passphrase: "a quiet evening" })).ok, true);
  assert.equal(venue.name, "Lola");
});

Deno.test("[API1] two who set up at once: one does", async () => {
  const { venue } = open();
  const request = { code: venue.setupCode, venue: "Lola", passphrase: "a quiet evening" };
  const outcomes = await Promise.all([venue.setUp(request), venue.setUp({ ...request, venue: "Other" })]);
  assert.deepEqual(outcomes.map((outcome) => outcome.ok).sort(), [false, true]);
});

Deno.test("no secret is on the disk as it was given", async () => {
  const { venue, db } = open();
  const setUp = await venue.setUp({ code: venue.setupCode, venue: "Lola", passphrase: "a quiet evening" });
  const { code } = venue.offerEnrollment();
  const enrolled = venue.enrol({ code, name: "Bar" });
  assert.ok(setUp.ok && enrolled.ok);
  const rows = ["setting", "sign_in", "enrollment", "register"].map((table) =>
    db.prepare(`SELECT * FROM ${table}`).all()
  );
  const disk = JSON.stringify(rows);
  for (const secret of ["a quiet evening", setUp.token, code, enrolled.token]) {
    assert.ok(!disk.includes(secret), secret);
  }
});

Deno.test("[API7] switching sync raises the config version and remembers whose shift was open until it closes", () => {
  const { venue } = open();
  const before = venue.configVersion;
  venue.change({ sync: false }, ["aaaaaaaa", "bbbbbbbb"]);
  assert.equal(venue.configVersion, before + 1);
  assert.deepEqual(venue.fact().sync.openShifts, ["aaaaaaaa", "bbbbbbbb"]);
  venue.shiftClosed("aaaaaaaa");
  venue.shiftClosed("cccccccc");
  assert.deepEqual(venue.fact().sync.openShifts, ["bbbbbbbb"]);
  venue.change({ latestVersion: "4.0" }, []);
  assert.equal(venue.configVersion, before + 1);
  assert.deepEqual(venue.settings, {
    sync: false,
    latestVersion: "4.0",
    discountPercent: 100,
    dayBegins: "04:00",
    openingHours: null,
  });
});

Deno.test("[API3] a sign-in and a code end with their time", async () => {
  const { venue, clock } = open();
  const setUp = await venue.setUp({ code: venue.setupCode, venue: "Lola", passphrase: "a quiet evening" });
  assert.ok(setUp.ok && venue.isSignedIn(setUp.token));
  const { code, expiresAt } = venue.offerEnrollment();
  clock.now = expiresAt;
  assert.deepEqual(venue.enrol({ code, name: "Bar" }), { ok: false, reason: "expired" });
  clock.now += 31 * 24 * 60 * 60_000;
  assert.equal(venue.isSignedIn(setUp.token), false);
});
