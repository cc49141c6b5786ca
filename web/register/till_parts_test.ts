/// <reference lib="deno.ns" />
/** The small decisions of a till, over real ops: seats, splits, what is seen where, guards, whereabouts, what did nothing. */
import assert from "node:assert/strict";
import type { Check } from "../../shared/check/check.ts";
import { foldCheck, foldFamily } from "../../shared/check/fold.ts";
import type { CheckBody, CheckOp } from "../../shared/check/op.ts";
import { isSettled } from "../../shared/check/settled.ts";
import { pen } from "../../shared/check/testing.ts";
import { formatMoney } from "../../shared/money.ts";
import type { Peer } from "../../shared/wire.ts";
import { readDiscount } from "./discount_form.ts";
import { flagSentences } from "./flag_words.ts";
import { shiftGuards } from "./guards.ts";
import { idleOf, idleWords } from "./idle_words.ts";
import { lineChanges } from "./line_changes.ts";
import { ownersOffered } from "./owners.ts";
import { relatedOf } from "./related.ts";
import { readRoute } from "./route.ts";
import { bySeat, seatsOffered, unsent } from "./seats.ts";
import { cardSeen, seenWords } from "./seen_words.ts";
import { answersTo, flagsToTell } from "./settle.ts";
import { differenceWords } from "./shift_words.ts";
import { guestTotals, numberAfter, type Split, splitPlan, splitResult } from "./split_view.ts";
import { whereabouts } from "./whereabouts.ts";

const DEPS = { firstNumber: "A2" };
const nameOf = (id: string | undefined) => id === "bbbbbbbb" ? "Till 1" : "Bar";
const told = { nameOf, money: (amount: number) => formatMoney(amount) };

/** A check with these lines, each `[name, price, seat]`, and a pen for a second register. */
function lay(...items: readonly (readonly [string, number, number?])[]) {
  const [bar, till] = [pen("A"), pen("B", 5_000)];
  const opened = bar.write({ kind: "check.open", number: "A1", table: "4", owner: "Ana" });
  const id = opened.id;
  const lines = items.map(([name, price, seat]) =>
    bar.write({ kind: "line.add", check: id, name, price, quantity: 1, ...(seat ? { seat } : {}) })
  );
  const ops: CheckOp[] = [opened, ...lines];
  const now = () => foldCheck(id, ops);
  const preview = (bodies: readonly CheckBody[]) => {
    const later = pen("C", 90_000);
    return foldCheck(id, [...ops, ...bodies.map((body) => later.write(body))]);
  };
  return { id, bar, till, lines, ops, now, preview };
}

/** The checks that a split makes, as `number total`. */
function outcome(split: Split, check: Check, ops: readonly CheckOp[]): string[] {
  const later = pen("C", 90_000);
  const bodies = splitPlan(split, check, DEPS)((at) => `cccccccc-0000/${at + 1}`);
  const family = foldFamily([...ops, ...bodies.map((body) => later.write(body))].map((op) => ({
    id: `${op.replica}/${op.seq}`,
    op,
  })));
  const result = splitResult(split, check, DEPS, family);
  if (split.kind === "item") {
    const totals = guestTotals(split.taken, check, DEPS.firstNumber, family);
    assert.deepEqual([...totals.values()], result.map(({ due }) => due));
  }
  return result.map(({ number, name, due }) => `${number} ${name ?? "–"} ${due}`);
}

Deno.test("[CHK11] by item, guests without anything get no check, and each keeps the name of their column", () => {
  const { ops, lines: [soup, lager, cola], now } = lay(["Soup", 750], ["Lager", 650], ["Cola", 350]);
  const taken = new Map([[lager!.id, 3], [cola!.id, 3], [soup!.id, 0]]);
  assert.deepEqual(outcome({ kind: "item", taken }, now(), ops), ["A1 – 750", "A2 Guest 4 1000"]);
});

Deno.test("[MON6] evenly in three sums to the whole; by seat the first seat keeps the check", () => {
  const { ops, now } = lay(["Soup", 100, 1], ["Lager", 100, 2]);
  assert.deepEqual(outcome({ kind: "evenly", guests: 3 }, now(), ops), ["A1 – 67", "A2 Guest 2 67", "A3 Guest 3 66"]);
  assert.deepEqual(outcome({ kind: "seat" }, now(), ops), ["A1 – 100", "A2 Seat 2 100"]);
});

Deno.test("one line among two; numbers go on from the next one", () => {
  const { ops, lines: [wine], now } = lay(["Wine", 1001], ["Soup", 100]);
  const shares = outcome({ kind: "line", line: wine!.id, guests: 2 }, now(), ops);
  assert.deepEqual(shares, ["A1 – 601", "A2 Guest 2 500"]);
  assert.equal(numberAfter("AB9", 2), "AB11");
});

Deno.test("a split keeps table and owner, and the checks know one another", () => {
  const { ops, now } = lay(["Soup", 100]);
  const [opened] = splitPlan({ kind: "evenly", guests: 2 }, now(), DEPS)(() => "cccccccc-0000/1");
  assert.deepEqual(opened, { kind: "check.open", number: "A2", name: "Guest 2", table: "4", owner: "Ana" });
  const divide = splitPlan({ kind: "evenly", guests: 2 }, now(), DEPS)(() => "cccccccc-0000/1")[1]!;
  assert.deepEqual(relatedOf(foldCheck(now().id, [...ops, pen("C", 90_000).write(divide)])), ["cccccccc-0000/1"]);
});

Deno.test("[CHK4] paid twice: the needless payment goes back with one tap, which counts once", () => {
  const { id, bar, till, ops, now, preview } = lay(["Lager", 700]);
  ops.push(bar.write({ kind: "payment.add", check: id, tender: "cash", amount: 700 }, 5_000));
  ops.push(till.write({ kind: "payment.add", check: id, tender: "card", amount: 700, tip: 50 }, 6_000));
  const [first, second] = answersTo(now().flags[0]!, now(), told, preview);
  assert.deepEqual([first?.text, second?.text], ["Give 7.50 back by card (Till 1)", "Give 7.00 back in cash (Bar)"]);
  assert.ok(first?.kind === "write" && first.needs === "refund");
  assert.deepEqual(preview([...first.bodies, ...first.bodies]).flags, []);
});

Deno.test("[CHK21] a needless payment of which some went back already goes back by the rest of it", () => {
  const { id, bar, till, ops, now, preview } = lay(["Lager", 700]);
  ops.push(bar.write({ kind: "payment.add", check: id, tender: "cash", amount: 700 }, 5_000));
  const twice = till.write({ kind: "payment.add", check: id, tender: "card", amount: 700, tip: 50 }, 6_000);
  ops.push(twice);
  ops.push(till.write({ kind: "payment.refund", check: id, payment: twice.id, amount: 200, reason: "Cold" }));
  ops.push(bar.write({ kind: "check.void", check: id, reason: "Left", total: 700 }));
  const [answer] = answersTo(now().flags[0]!, now(), told, preview);
  assert.ok(answer?.kind === "write" && answer.text === "Give 12.00 back");
  assert.deepEqual([preview(answer.bodies).paid, preview(answer.bodies).flags], [0, []]);
});

Deno.test("overpaid: the rest goes back from the last payment", () => {
  const { id, bar, lines, ops, now, preview } = lay(["Lager", 700], ["Cola", 300]);
  ops.push(bar.write({ kind: "payment.add", check: id, tender: "card", amount: 1000 }));
  ops.push(bar.write({ kind: "line.void", check: id, line: lines[1]!.id, reason: "Sold out" }));
  const [answer] = answersTo(now().flags[0]!, now(), told, preview);
  assert.ok(answer?.kind === "write" && answer.text === "Give 3.00 back");
  assert.deepEqual([preview(answer.bodies).due, preview(answer.bodies).flags], [0, []]);
});

Deno.test("[CHK5] a line that came late is paid, or taken off by name; it is told once", () => {
  const { id, bar, till, ops, now, preview } = lay(["Lager", 700]);
  ops.push(bar.write({ kind: "payment.add", check: id, tender: "card", amount: 700 }));
  ops.push(bar.write({ kind: "check.close", check: id, total: 700 }));
  ops.push(till.write({ kind: "line.add", check: id, name: "Burger", price: 1450, quantity: 1 }, 1_500));
  const flags = flagsToTell(now());
  assert.deepEqual(flags.map(({ code }) => code), ["due-after-close"]);
  const answers = answersTo(flags[0]!, now(), told, preview);
  assert.deepEqual(answers.map(({ text }) => text), ["Take 14.50", "Take Burger off", "Open it again"]);
  assert.ok(answers[1]?.kind === "write");
  assert.deepEqual(preview(answers[1].bodies).flags, []);
});

Deno.test("[CHK24] closed and given back in full: one tap says that nothing is owed, and two taps say no more than one", () => {
  const { id, bar, ops, now, preview } = lay(["Lager", 700]);
  const payment = bar.write({ kind: "payment.add", check: id, tender: "card", amount: 700 });
  ops.push(payment, bar.write({ kind: "check.close", check: id, total: 700 }));
  ops.push(bar.write({ kind: "payment.refund", check: id, payment: payment.id, amount: 700, reason: "Cold" }));
  const [flag] = now().flags;
  const answers = answersTo(flag!, now(), told, preview);
  assert.deepEqual(answers.map(({ text }) => text), ["Nothing is owed, void it", "Take 7.00", "Open it again"]);
  assert.match(
    flagSentences(flag!, now(), told),
    /^The check is closed, 7\.00 was given back, and 7\.00 of it is not paid\./,
  );
  const [waived] = answers;
  assert.ok(waived?.kind === "write" && waived.needs === "refund");
  for (const bodies of [waived.bodies, [...waived.bodies, ...waived.bodies]]) {
    const after = preview(bodies);
    assert.deepEqual([after.state, after.due, after.flags], ["void", 0, []]);
    assert.ok(isSettled(new Map([[id, after]])));
  }
});

for (const mode of ["inclusive", "exclusive"] as const) {
  Deno.test(`[CHK24] closed and given back in part, tax ${mode}: one tap lowers it to what was kept, to the cent`, () => {
    const { id, bar, ops, now, preview } = lay(["Lager", 700]);
    const taxes = [{ name: "Tax", rate: 888, mode }];
    ops.push(bar.write({ kind: "line.add", check: id, name: "Burger", price: 1_450, quantity: 1, taxes }));
    const { total } = now().totals;
    const payment = bar.write({ kind: "payment.add", check: id, tender: "card", amount: total });
    ops.push(payment, bar.write({ kind: "check.close", check: id, total }));
    ops.push(bar.write({ kind: "payment.refund", check: id, payment: payment.id, amount: 433, reason: "Cold" }));
    const [waived] = answersTo(now().flags[0]!, now(), told, preview);
    assert.ok(waived?.kind === "write" && waived.text === "Nothing is owed, take 4.33 off");
    const after = preview(waived.bodies);
    assert.deepEqual([after.paid, after.totals.total, after.flags], [total - 433, total - 433, []]);
    assert.ok(isSettled(new Map([[id, after]])));
  });
}

Deno.test("[CHK24] a payment that did not count is asked for first, and may be given up", () => {
  const { id, bar, ops, now, preview } = lay(["Lager", 700]);
  const payment = bar.write({ kind: "payment.add", check: id, tender: "card", amount: 700 });
  ops.push(payment, bar.write({ kind: "check.close", check: id, total: 700 }));
  ops.push(bar.write({ kind: "payment.void", check: id, payment: payment.id, reason: "The card did not go through" }));
  const answers = answersTo(now().flags[0]!, now(), told, preview);
  assert.deepEqual(answers.map(({ text }) => text), ["Take 7.00", "Nothing is owed, void it", "Open it again"]);
  const [, waived] = answers;
  assert.ok(waived?.kind === "write" && isSettled(new Map([[id, preview(waived.bodies)]])));
});

Deno.test("[CHK24] what was never paid, or is owed beyond what was given back, is not waived with one tap", () => {
  const { id, bar, till, ops, now, preview } = lay(["Lager", 700]);
  ops.push(bar.write({ kind: "check.close", check: id, total: 700 }));
  const texts = () => answersTo(now().flags[0]!, now(), told, preview).map(({ text }) => text);
  assert.deepEqual(texts(), ["Take 7.00", "Open it again"]);
  const payment = till.write({ kind: "payment.add", check: id, tender: "cash", amount: 600 });
  ops.push(payment, till.write({ kind: "payment.refund", check: id, payment: payment.id, amount: 50, reason: "Cold" }));
  assert.deepEqual(texts(), ["Take 1.50", "Open it again"]);
});

Deno.test("[CHK14] paid and voided: the money goes back, or the check stands again", () => {
  const { id, bar, till, ops, now, preview } = lay(["Lager", 700]);
  ops.push(bar.write({ kind: "check.void", check: id, reason: "Left", total: 700 }));
  ops.push(till.write({ kind: "payment.add", check: id, tender: "cash", amount: 700 }));
  const answers = answersTo(now().flags[0]!, now(), told, preview);
  assert.deepEqual(answers.map(({ text }) => text), ["Give 7.00 back in cash (Till 1)", "Restore the check"]);
  for (const answer of answers) assert.ok(answer.kind === "write" && preview(answer.bodies).flags.length === 0);
});

Deno.test("[CHK3] what did nothing is told to who did it; what is so anyway is not", () => {
  const { id, bar, till, lines, ops, now } = lay(["Lager", 700]);
  const line = lines[0]!.id;
  ops.push(bar.write({ kind: "line.void", check: id, line, reason: "Sold out" }));
  ops.push(till.write({ kind: "line.edit", check: id, line, quantity: 2 }));
  ops.push(till.write({ kind: "line.void", check: id, line, reason: "Mistake" }));
  const idle = idleOf([now(), now()], "bbbbbbbb");
  assert.deepEqual(idle.map((each) => idleWords(each, nameOf)), [
    "Your change to Lager on A1 did nothing: the line was voided on Bar.",
  ]);
  assert.deepEqual(idleOf([now()], "aaaaaaaa"), []);
});

Deno.test("seats: the table first; as many are offered as there are guests or seats in use", () => {
  const { id, bar, lines, ops, now } = lay(["Lager", 700, 3], ["Soup", 750], ["Cola", 300, 1]);
  const groups = bySeat(now().lines).map(({ seat, lines }) => [seat, ...lines.map(({ name }) => name)]);
  assert.deepEqual(groups, [[0, "Soup"], [1, "Cola"], [3, "Lager"]]);
  assert.deepEqual(seatsOffered({ guests: 2, lines: now().lines }), [0, 1, 2, 3]);
  ops.push(bar.write({ kind: "line.send", check: id, lines: [lines[0]!.id] }));
  assert.deepEqual(unsent(now().lines).map(({ name }) => name), ["Soup", "Cola"]);
});

Deno.test("[SYN19] where a check is: nothing is claimed that nobody said", () => {
  const own = { holders: ["aaaaaaaa"], of: 3, hub: false };
  assert.equal(seenWords(own, 2).text, "on this register only: 2 changes");
  assert.equal(seenWords({ ...own, hub: true }, 0).text, "on the hub, seen by 1 of 3");
  assert.equal(seenWords({ holders: ["a", "b", "c"], of: 3, hub: true }, 0).mark, "fine");
  assert.equal(seenWords({ holders: ["a"], of: 1, hub: false }, 0).mark, "unknown");
  assert.equal(cardSeen({ holders: ["a", "b"], of: 3, hub: true }, 0), "seen by 2 of 3");
  assert.equal(cardSeen({ holders: ["a", "b"], of: 2, hub: true }, 0), undefined);
});

Deno.test("guards name what is in the way and what to do", () => {
  const { now } = lay(["Lager", 700]);
  const facts = { unsynced: 1, checks: [now()], viewer: { register: "aaaaaaaa", staff: "Ana" }, now: 0 };
  assert.deepEqual(shiftGuards(facts).map(({ text }) => text), [
    "1 change is on this register only. Leave it on near the Wi-Fi until the hub has it.",
    "Check A1 was opened here and is still open. Close it, or let a manager close the shift.",
  ]);
  assert.deepEqual(shiftGuards({ ...facts, unsynced: 0, checks: [] }), []);
});

Deno.test("a check that is not here: who holds it, since when, why, and one thing to do", () => {
  const peer = {
    id: "bbbbbbbb",
    name: "Till 1",
    state: "silent",
    foreground: true,
    heardAt: 5,
    cause: "probably asleep",
  };
  const search = {
    holder: "bbbbbbbb",
    own: "aaaaaaaa",
    state: "online",
    awaySince: null,
    peers: [peer as unknown as Peer],
    clockOf: () => "19:02",
  } as const;
  const away = whereabouts(search);
  assert.equal(away.title, "Till 1 has this check");
  assert.equal(away.what, "Till 1 opened it. The hub has heard nothing from Till 1 since 19:02. Probably asleep.");
  assert.match(away.todo, /^Wake Till 1/);
  const hidden = { ...peer, state: "ok", foreground: false } as unknown as Peer;
  assert.match(whereabouts({ ...search, peers: [hidden] }).todo, /^Open the register's page on Till 1/);
  assert.match(whereabouts({ ...search, state: "away", awaySince: 7 }).what, /offline since 19:02/);
  assert.match(whereabouts({ ...search, holder: "aaaaaaaa" }).what, /storage was cleared/);
  assert.match(whereabouts({ ...search, holder: "dddddddd" }).title, /Nobody here/);
});

Deno.test("a discount is a part or an amount of what there is", () => {
  const read = (kind: "percent" | "amount", value: string) => readDiscount({ kind, value }, 2000, 2);
  assert.deepEqual(read("percent", "12.5 %"), { ok: true, percent: 12.5, part: { percent: 1250 } });
  assert.deepEqual(read("amount", "5"), { ok: true, percent: 25, part: { amount: 500 } });
  assert.equal(read("percent", "101").ok, false);
  assert.equal(read("amount", "20.01").ok, false);
  assert.equal(read("amount", "").ok, false);
});

Deno.test("small things: line changes, owners, the drawer's difference, an address that asks to pay", () => {
  assert.deepEqual(lineChanges({ quantity: 1, note: "hot" }, { quantity: 2, seat: 0, course: 0, note: " " }), {
    quantity: 2,
    note: "",
  });
  assert.deepEqual(ownersOffered([{ name: "Ben" }, { name: "Ana" }], []), ["Ana", "Ben"]);
  assert.equal(differenceWords(-8, told.money), "0.08 is missing.");
  assert.deepEqual(readRoute("#pay/aaaaaaaa-aaaa/1"), { page: "check", id: "aaaaaaaa-aaaa/1", opens: "pay" });
});
