/**
 * What must come out when two registers did something at once: each row of the design's table, on the real engine, through the hub's real
 * data plane, with either register first by stamp. That every register and the hub show the same, with no promise broken, is part of
 * each.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check } from "../shared/check/check.ts";
import { splitEvenly } from "../shared/check/split.ts";
import { clockSkew } from "../shared/rules/clock.ts";
import { healthyFacts, outcomeOf, withRegister } from "../shared/rules/fixture.ts";
import { PULL_MAX_MS } from "../shared/sync/hlc.ts";
import { meanwhile, TwoRegisters, type Write } from "./support/two_registers.ts";

const DAY_MS = 24 * 60 * 60_000;
const COLUMNS = ["gross", "discount", "tax", "total"] as const;
const sales = { name: "Sales tax", rate: 887.5, mode: "exclusive" as const };

const line = (check: string, name: string, price: number, more: object = {}) =>
  ({ kind: "line.add", check, name, price, quantity: 1, ...more }) as const;
const pay = (check: string, amount: number) => ({ kind: "payment.add", check, tender: "card", amount }) as const;
const open = (number: string) => ({ kind: "check.open", number }) as const;

/** A check with one burger of 10.00, and an empty one. */
async function table(write: Write) {
  const one = await write(open("A1"));
  const two = await write(open("A2"));
  return { one, two, burger: await write(line(one, "Burger", 1_000)) };
}

const whyNot = (check: Check, id: string) => check.story.find((entry) => entry.id === id)?.noEffect;
const names = (check: Check) => check.lines.map((each) => each.name).sort();
const codes = (check: Check) => check.flags.map(({ code, amount }) => [code, amount]);

test("[CHK2] adds a burger | adds a beer: both lines, no question asked", () =>
  meanwhile(
    table,
    (write, { one }) => write(line(one, "Fries", 500)),
    (write, { one }) => write(line(one, "Beer", 700)),
    ({ check, setup }) => {
      assert.deepEqual(names(check(setup.one)), ["Beer", "Burger", "Fries"]);
      assert.deepEqual([check(setup.one).due, check(setup.one).flags], [2_200, []]);
    },
  ));

test("[CHK3] voids a line | changes its quantity: void, and the story says the change has no effect", () =>
  meanwhile(
    table,
    (write, { one, burger }) => write({ kind: "line.void", check: one, line: burger, reason: "Cold" }),
    (write, { one, burger }) => write({ kind: "line.edit", check: one, line: burger, quantity: 3 }),
    ({ check, setup, b }) => {
      assert.deepEqual([check(setup.one).lines[0]?.voided?.reason, check(setup.one).due], ["Cold", 0]);
      assert.equal(whyNot(check(setup.one), b), "the line was voided");
    },
  ));

test("[CHK4] both take the full payment and close: both kept, paid twice with amount, registers and tenders", () => {
  const settle = async (write: Write, { one }: { one: string }) => {
    const payment = await write(pay(one, 1_000));
    await write({ kind: "check.close", check: one, total: 1_000 });
    return payment;
  };
  return meanwhile(table, settle, settle, ({ check, setup, a, b }) => {
    const { paid, state, flags, payments } = check(setup.one);
    assert.deepEqual([paid, state, codes(check(setup.one))], [2_000, "closed", [["paid-twice", 1_000]]]);
    assert.deepEqual(new Set(flags[0]?.code === "paid-twice" ? flags[0].payments : []), new Set([a, b]));
    assert.deepEqual(payments.map(({ by, tender }) => `${by} ${tender}`).sort(), ["aaaaaaaa card", "bbbbbbbb card"]);
  });
});

test("[CHK15] paid twice: one refund settles it", async () => {
  const shop = await TwoRegisters.open();
  const { one } = await table(shop.a);
  await shop.a(pay(one, 1_000));
  const needless = await shop.b(pay(one, 1_000));
  await shop.a({ kind: "payment.refund", check: one, payment: needless, amount: 1_000, reason: "Paid twice" });
  const check = (await shop.together())(one);
  assert.deepEqual([check.paid, check.due, check.flags], [1_000, 0, []]);
});

test("[CHK5] pays and closes | adds a line: closed with a balance due, and flagged", () =>
  meanwhile(
    table,
    async (write, { one }) => {
      await write(pay(one, 1_000));
      return await write({ kind: "check.close", check: one, total: 1_000 });
    },
    (write, { one }) => write(line(one, "Beer", 700)),
    ({ check, setup }) => {
      assert.deepEqual([check(setup.one).state, check(setup.one).due], ["closed", 700]);
      assert.deepEqual(codes(check(setup.one)), [["due-after-close", 700], ["line-after-payment", 700]]);
    },
  ));

test("[CHK11] both move one line to a new check: it is on the first by stamp, and the other is told", () => {
  const away = (number: string) => async (write: Write, { one, burger }: { one: string; burger: string }) => {
    const to = await write(open(number));
    return { to, move: await write({ kind: "line.move", check: one, lines: [burger], to }) };
  };
  return meanwhile(table, away("A3"), away("B1"), ({ check, setup, a, b, first }) => {
    const [stands, told] = first === "a" ? [a, b] : [b, a];
    assert.deepEqual([check(setup.one), check(a.to), check(b.to)].map((each) => each.lines.length), [
      0,
      first === "a" ? 1 : 0,
      first === "b" ? 1 : 0,
    ]);
    assert.match(whyNot(check(told.to), told.move) ?? "", new RegExp(`already on ${check(stands.to).number}$`));
  });
});

test("[CHK12] merges 1 into 2 | merges 2 into 1: exactly one stands, with every line once", () =>
  meanwhile(
    async (write) => {
      const setup = await table(write);
      return { ...setup, beer: await write(line(setup.two, "Beer", 700)) };
    },
    (write, { one, two }) => write({ kind: "check.merge", check: one, into: two }),
    (write, { one, two }) => write({ kind: "check.merge", check: two, into: one }),
    ({ check, setup: { one, two }, first, a, b }) => {
      const [stands, gone] = first === "a" ? [two, one] : [one, two];
      assert.deepEqual([check(stands).state, names(check(stands))], ["open", ["Beer", "Burger"]]);
      assert.deepEqual([check(gone).state, check(gone).mergedInto, check(gone).lines], ["merged", stands, []]);
      assert.ok(whyNot(check(stands), first === "a" ? b : a));
    },
  ));

for (const what of ["adds a line to 1", "pays on 1"]) {
  test(`[CHK12] merges 1 into 2 | ${what}: it is on 2`, () =>
    meanwhile(
      table,
      (write, { one, two }) => write({ kind: "check.merge", check: one, into: two }),
      (write, { one }) => write(what === "pays on 1" ? pay(one, 400) : line(one, "Beer", 700)),
      ({ check, setup: { one, two }, b }) => {
        const held = [...check(two).lines, ...check(two).payments].map(({ id }) => id);
        assert.ok(held.includes(b));
        assert.deepEqual([check(one).lines, check(one).payments, check(one).state], [[], [], "merged"]);
        assert.equal(check(two).due, what === "pays on 1" ? 600 : 1_700);
      },
    ));
}

test("[CHK14] voids the check | takes a payment: kept and flagged, and restoring the check makes it count", () =>
  meanwhile(
    table,
    (write, { one }) => write({ kind: "check.void", check: one, reason: "Left", total: 1_000 }),
    (write, { one }) => write(pay(one, 1_000)),
    ({ check, setup: { one }, b }) => {
      assert.deepEqual([check(one).state, check(one).payments.map(({ id }) => id)], ["void", [b]]);
      assert.deepEqual(codes(check(one)), [["payment-on-void", 1_000]]);
    },
  ));

test("[CHK11] divides a line in 3 | divides it in 2: one division stands, parts sum to the line", () =>
  meanwhile(
    async (write) => ({ ...await table(write), three: await write(open("A3")) }),
    (write, { one, two, three, burger }) =>
      write({
        kind: "line.divide",
        check: one,
        line: burger,
        among: [one, two, three].map((check) => ({ check, parts: 1 })),
      }),
    (write, { one, two, burger }) =>
      write({ kind: "line.divide", check: one, line: burger, among: [one, two].map((check) => ({ check, parts: 1 })) }),
    ({ check, setup: { one, two, three }, first }) => {
      const gross = [one, two, three].map((id) => check(id).totals.gross);
      assert.deepEqual(gross, first === "a" ? [334, 333, 333] : [500, 500, 0]);
    },
  ));

test("[MON6] splits 10.00 evenly in 3 with 8.875 % tax and a 10 % discount: children sum to the parent everywhere", async () => {
  const shop = await TwoRegisters.open();
  const one = await shop.a(open("A1"));
  await shop.a(line(one, "Bottle", 1_000, { taxes: [sales] }));
  await shop.a({ kind: "discount.add", check: one, percent: 1_000, reason: "Regulars" });
  const whole = shop.sim.registers[0]!.replica!.book.get(one)!;
  const others = [await shop.a(open("A2")), await shop.a(open("A3"))];
  for (const op of splitEvenly(whole, others)) await shop.a(op);
  const check = await shop.together();
  const sums = COLUMNS.map((column) => [one, ...others].reduce((sum, id) => sum + check(id).totals[column], 0));
  assert.deepEqual(sums, COLUMNS.map((column) => whole.totals[column]));
  assert.deepEqual(sums, [1_000, 100, 80, 980]);
});

test("[CHK16] transfers to Ana | transfers to Ben: the later stamp, both in the story", () =>
  meanwhile(
    table,
    (write, { one }) => write({ kind: "check.transfer", check: one, owner: "Ana" }),
    (write, { one }) => write({ kind: "check.transfer", check: one, owner: "Ben" }),
    ({ check, setup: { one }, a, b, first }) => {
      assert.equal(check(one).owner, first === "a" ? "Ben" : "Ana");
      assert.ok([a, b].every((id) => check(one).story.some((entry) => entry.id === id && !entry.noEffect)));
    },
  ));

for (const what of ["moves", "divides", "merges"] as const) {
  test(`[CHK13] sends to the kitchen | ${what} the line: sent exactly once`, () =>
    meanwhile(
      table,
      (write, { one, burger }) => write({ kind: "line.send", check: one, lines: [burger] }),
      async (write, { one, two, burger }) => {
        const among = [one, two].map((check) => ({ check, parts: 1 }));
        if (what === "moves") await write({ kind: "line.move", check: one, lines: [burger], to: two });
        else if (what === "divides") await write({ kind: "line.divide", check: one, line: burger, among });
        else await write({ kind: "check.merge", check: one, into: two });
        return await write({ kind: "line.send", check: two, lines: [burger] });
      },
      ({ check, setup: { one, two }, a, b, first }) => {
        const marks = [one, two].flatMap((id) => check(id).lines.map(({ sent }) => JSON.stringify(sent)));
        assert.equal(new Set(marks).size, 1);
        assert.equal(JSON.parse(marks[0]!).by, first === "a" ? "aaaaaaaa" : "bbbbbbbb");
        const later = first === "a" ? [two, b] as const : [one, a] as const;
        assert.equal(whyNot(check(later[0]), later[1]), "Burger was sent already");
      },
    ));
}

test("[SYN1] resends its whole log, shuffled, twice: nothing changes", async () => {
  const shop = await TwoRegisters.open();
  const { one } = await table(shop.a);
  await shop.b(pay(one, 300));
  const check = await shop.together();
  const before = JSON.stringify(check(one));
  const { replica } = shop.sim.registers[1]!;
  const runs = shop.sim.hub.ops().toReversed().map(({ replica, seq, stamp, body }) => ({
    ...{ replica, from: seq, ops: [{ at: [stamp.ms, stamp.count] as [number, number], body }] },
  }));
  const link = replica!.link("again", () => {});
  for (let i = 0; i < 2; i++) await link.receive({ type: "delta", runs });
  assert.equal(JSON.stringify((await shop.together())(one)), before);
});

test("[SYN8][RUL23] a clock two days ahead: all is accepted, ours is pulled by a bounded amount, and it is named", async () => {
  const shop = await TwoRegisters.open();
  const { one } = await table(shop.a);
  shop.sim.registers[1]!.offset = 2 * DAY_MS;
  const ahead = await shop.b(line(one, "Beer", 700));
  await shop.sim.pass(1_000);
  const now = shop.sim.timeline.now;
  const pulled = await shop.a(line(one, "Fries", 300));
  const check = (await shop.together())(one);
  assert.equal(check.due, 2_000);
  const stampOf = (id: string) => check.story.find((entry) => entry.id === id)!.op.stamp.ms;
  assert.ok(stampOf(ahead) - now > DAY_MS);
  assert.ok(stampOf(pulled) - now <= PULL_MAX_MS + 5_000, String(stampOf(pulled) - now));
  const outcome = outcomeOf(clockSkew, withRegister(healthyFacts(), 0, { clockOffsetMs: 2 * DAY_MS }));
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail");
});

test("[SYN13] storage wiped, enrols again: its ops come back, and what nobody else held was counted", async () => {
  const shop = await TwoRegisters.open();
  const { one } = await table(shop.a);
  await shop.sim.pass(1_000);
  await shop.cutOff(0);
  for (const name of ["x", "y", "z"]) await shop.a(line(one, name, 1));
  assert.equal(shop.sim.registers[0]!.replica!.unsynced(), 3); // "3 changes of Bar reached nobody"
  await shop.sim.act({ do: "start", at: 0, disk: "wiped" });
  const check = await shop.together();
  assert.deepEqual(names(check(one)), ["Burger"]);
  assert.equal(shop.sim.registers[0]!.replica!.nextNumber("A"), "A3");
});

test("[SYN10] storage restored from yesterday: noticed before an id is used again", async () => {
  const shop = await TwoRegisters.open();
  const { one } = await table(shop.a);
  const before = shop.sim.registers[0]!.replica!.id;
  await shop.sim.act({ do: "snapshot", at: 0 });
  await shop.a(line(one, "Beer", 700));
  await shop.sim.pass(1_000);
  await shop.sim.act({ do: "start", at: 0, disk: "restored" });
  await shop.a(line(one, "Fries", 300));
  assert.notEqual(shop.sim.registers[0]!.replica!.id, before);
  assert.deepEqual(names((await shop.together())(one)), ["Beer", "Burger", "Fries"]);
});

test("[CHK17] storage wiped, and numbers begin again: two checks of one number are told apart, everywhere alike", async () => {
  const shop = await TwoRegisters.open();
  const { one } = await table(shop.a);
  await shop.sim.pass(1_000);
  await shop.cutOff(0);
  await shop.sim.act({ do: "start", at: 0, disk: "wiped" });
  assert.equal(shop.sim.registers[0]!.replica!.nextNumber("A"), "A1");
  const again = await shop.a(open("A1"));
  const check = await shop.together();
  assert.deepEqual([check(one).number, check(again).number], ["A1", "A1·2"]);
});

test("[SYN6] hub off for an hour: a direct link carries on, and the hub has everything when it returns", async () => {
  const shop = await TwoRegisters.open({ direct: 1 });
  const { one } = await table(shop.a);
  await shop.sim.act({ do: "hub", how: "off" });
  await shop.b(line(one, "Beer", 700));
  assert.equal(shop.sim.registers[0]!.replica!.book.get(one)?.due, 1_700);
  await shop.sim.pass(60 * 60_000);
  await shop.sim.act({ do: "hub", how: "on" });
  await shop.sim.pass(10_000);
  assert.equal(shop.sim.hub.book().get(one)?.due, 1_700);
  await shop.together();
});

test("[SYN6] the hub's database deleted: rebuilt from the registers", async () => {
  const shop = await TwoRegisters.open();
  const { one } = await table(shop.a);
  await shop.b(pay(one, 1_000));
  await shop.b({ kind: "check.close", check: one, total: 1_000 });
  await shop.sim.act({ do: "hub", how: "deleted" });
  await shop.sim.pass(10_000);
  assert.equal(shop.sim.hub.book().get(one)?.state, "closed");
  await shop.together();
});

test("[SYN6][SYN7] direct link cut in the middle of a delta: the relay has it in under a second, nothing twice", async () => {
  const shop = await TwoRegisters.open({ direct: 1 });
  const { one } = await table(shop.a);
  shop.sim.write(0, line(one, "Beer", 700));
  await shop.sim.act({ do: "cut", from: 0, to: 1, ways: 2 });
  await shop.sim.act({ do: "drop", from: 0, to: 1 });
  await shop.sim.pass(900);
  assert.equal(shop.sim.registers[1]!.replica!.book.get(one)?.due, 1_700);
  await shop.together();
});
