/// <reference lib="deno.ns" />
/** What is said about a check, its story and its registers, over real ops. */
import assert from "node:assert/strict";
import { foldCheck } from "../../shared/check/fold.ts";
import type { CheckBody, CheckOp } from "../../shared/check/op.ts";
import { opId } from "../../shared/ids.ts";
import { formatMoney } from "../../shared/money.ts";
import type { Peer } from "../../shared/wire.ts";
import { detailsChanged } from "./details.ts";
import { codeTrouble, enrolTrouble, leftBehind } from "./enrol_words.ts";
import { flagSentences, flagWord } from "./flag_words.ts";
import { namesFrom } from "./names.ts";
import { peerRows } from "./peer_words.ts";
import { readRoute } from "./route.ts";
import { tell } from "./story_words.ts";

const BAR = "aaaaaaaa-aaaa";
const TILL = "bbbbbbbb-bbbb";
const CHECK = opId(BAR, 1);
const nameOf = namesFrom({ id: "aaaaaaaa", name: "Bar" }, [{ id: "bbbbbbbb", name: "Till 1" }]);
const told = { nameOf, money: (amount: number) => formatMoney(amount) };

function op(replica: string, seq: number, ms: number, body: CheckBody): CheckOp {
  return { replica, seq, stamp: { ms, count: 0 }, body };
}

const OPENED = op(BAR, 1, 1, { kind: "check.open", number: "A1" });
const LAGER = op(BAR, 2, 2, { kind: "line.add", check: CHECK, name: "Lager", price: 650, quantity: 2, taxes: [] });

function story(...more: CheckOp[]): string[] {
  const check = foldCheck(CHECK, [OPENED, LAGER, ...more]);
  return check.story.map((entry) => {
    const { text, noEffect } = tell(entry, check, told);
    return noEffect ? `${text} [${noEffect}]` : text;
  });
}

Deno.test("a check's story says who did what, and what had no effect and why", () => {
  const line = opId(BAR, 2);
  assert.deepEqual(
    story(
      op(BAR, 3, 3, { kind: "check.edit", check: CHECK, table: "4", guests: 2 }),
      op(TILL, 1, 4, { kind: "line.void", check: CHECK, line, reason: "Sold out" }),
      op(BAR, 4, 5, { kind: "line.edit", check: CHECK, line, quantity: 3 }),
      op(TILL, 2, 6, { kind: "payment.add", check: CHECK, tender: "card", amount: 100, tip: 50 }),
      op(TILL, 3, 7, { kind: "check.close", check: CHECK, total: 0 }),
      op("cccccccc-cccc", 1, 8, { kind: "check.sing", check: CHECK }),
    ),
    [
      "Bar opened A1",
      "Bar added 2 × Lager, 13.00",
      "Bar changed the check: table 4, 2 guests",
      "Till 1 took Lager off: Sold out",
      "Bar changed Lager: 3 of it [the line was voided]",
      "Till 1 took 1.00 by card, and 0.50 tip",
      "Till 1 closed it at 0.00",
      "Another register did something that this version does not know [this version of the register does not know it; update the app]",
    ],
  );
});

Deno.test("[CFG12] the story says which manager allowed what was done", () => {
  const line = opId(BAR, 2);
  const told = story(
    op(TILL, 1, 4, { kind: "line.void", check: CHECK, line, reason: "Sold out", allowedBy: "Lola" }),
    op(TILL, 2, 5, { kind: "check.close", check: CHECK, total: 0 }),
    op(TILL, 3, 6, { kind: "check.reopen", check: CHECK, after: [opId(TILL, 2)], allowedBy: "Lola" }),
  );
  assert.deepEqual(told.slice(2), [
    "Till 1 took Lager off: Sold out, allowed by Lola",
    "Till 1 closed it at 0.00",
    "Till 1 opened it again, allowed by Lola",
  ]);
});

Deno.test("paid twice names the registers, the tenders and what to give back", () => {
  const check = foldCheck(CHECK, [
    OPENED,
    LAGER,
    op(BAR, 3, 3, { kind: "payment.add", check: CHECK, tender: "card", amount: 1300 }),
    op(TILL, 1, 4, { kind: "payment.add", check: CHECK, tender: "cash", amount: 1300 }),
  ]);
  assert.equal(check.flags.map(flagWord).join(), "paid twice");
  assert.equal(
    flagSentences(check.flags[0]!, check, told),
    "Paid twice: Bar took 13.00 by card, Till 1 took 13.00 in cash. Give 13.00 back to the guest.",
  );
});

const PEER: Peer = {
  id: "bbbbbbbb",
  name: "Till 1",
  letter: "B",
  version: "0.0.9",
  state: "ok",
  foreground: false,
  path: "relay",
  behind: 3,
  unsynced: 0,
};

Deno.test("the Register List has this register first and says what is not known", () => {
  const own = { ...PEER, id: "aaaaaaaa", name: "Bar", letter: "Z", version: "1", behind: null };
  const [first, second] = peerRows([PEER, own], "aaaaaaaa", "1", true);
  assert.deepEqual([first?.name, first?.own, first?.behind, first?.otherVersion], ["Bar", true, "not known", false]);
  assert.deepEqual([second?.screen, second?.behind, second?.waiting], ["hidden", "3 changes behind", "none"]);
  assert.equal(second?.otherVersion, true);
});

Deno.test("a list that is not fresh claims nothing about now", () => {
  const [row] = peerRows([PEER], "aaaaaaaa", "1", false);
  assert.deepEqual([row?.mark, row?.screen, row?.path, row?.behind, row?.waiting], [
    "unknown",
    "not known",
    "not known",
    "not known",
    "not known",
  ]);
});

Deno.test("a code that does not work is explained with the next step", () => {
  assert.match(enrolTrouble("code-used", ""), /used already.*new one/);
  assert.match(enrolTrouble("code-expired", ""), /too old.*new one/);
  assert.match(enrolTrouble("wrong-code", ""), /does not know.*letter by letter/);
  assert.equal(enrolTrouble("offline", "The hub did not answer."), "The hub did not answer.");
  assert.equal(codeTrouble("ABC123"), undefined);
  assert.notEqual(codeTrouble("ABC12"), undefined);
});

Deno.test("a register that was let go says what becomes of its changes", () => {
  assert.match(leftBehind(0), /Nothing is lost/);
  assert.match(leftBehind(1), /^1 change made here.*hands it over/);
  assert.match(leftBehind(2), /^2 changes made here.*hands them over/);
});

Deno.test("an address names a page; what it does not know is the board", () => {
  assert.deepEqual(readRoute(""), { page: "board" });
  assert.deepEqual(readRoute("#diagnostics"), { page: "diagnostics" });
  assert.deepEqual(readRoute("#code=AB12CD"), { page: "enrol", code: "AB12CD" });
  assert.deepEqual(readRoute(`#check/${CHECK}`), { page: "check", id: CHECK });
  assert.deepEqual(readRoute("#check/x"), { page: "board" });
});

Deno.test("only what was changed in a check's details is written; an emptied one is none any more", () => {
  const check = { name: "Ana", table: "4", guests: 2 };
  assert.deepEqual(detailsChanged(check, { name: " Ana ", table: "5", guests: 2 }), { table: "5" });
  assert.deepEqual(detailsChanged(check, { name: "", table: " ", guests: 0 }), { name: "", table: "" });
  assert.deepEqual(detailsChanged({}, { name: "", table: "", guests: 3 }), { guests: 3 });
});
