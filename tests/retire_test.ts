/** Registers that let go of a day that is over, with a hub that keeps it: real engines on both sides, frames delivered by hand. */
import assert from "node:assert/strict";
import { HubAndRegisters, shown } from "./support/hub_and_registers.ts";

/** Two registers that are connected and hold a settled check of each and an open one of A. */
async function shop() {
  const hub = new HubAndRegisters();
  const [a, b] = [await hub.open("aaaaaaaa"), await hub.open("bbbbbbbb")];
  for (const till of [a, b]) hub.connect(till);
  const [one, two] = [await hub.sell(a), await hub.sell(b)];
  const open = await hub.write(a, { kind: "check.open", number: "A2" });
  await hub.settle();
  return { hub, a, b, one, two, open };
}

const held = ({ replica }: { replica: { vector(): object } }) => Object.keys(replica.vector()).length;

Deno.test("[SYN27] with the next business day both registers let go of what is settled, and the hub keeps it", async () => {
  const { hub, a, b, one } = await shop();
  assert.equal(await hub.nextDay(), 2);
  for (const till of [a, b]) {
    assert.deepEqual([shown(till), till.journal.size, till.replica.unsynced()], [["A2 open"], 1, 0]);
  }
  assert.equal(hub.log.familyOf(one.check).length, 4);
  await hub.compare();
  assert.deepEqual([shown(a), shown(b), held(b)], [["A2 open"], ["A2 open"], 1]); // nothing brings it back
});

Deno.test("[SYN27] a register that is away holds it up; once it is back and has everything, all let go", async () => {
  const { hub, a, b } = await shop();
  hub.disconnect(b);
  await hub.sell(a);
  await hub.settle();
  assert.equal(await hub.nextDay(), 2); // what it was heard to hold
  assert.equal(shown(a).length, 2);
  assert.equal(shown(b).length, 3);
  hub.connect(b);
  await hub.settle();
  assert.equal(await hub.nextDay(), 1);
  assert.deepEqual([shown(a), shown(b)], [["A2 open"], ["A2 open"]]);
});

Deno.test("[SYN27] what was let go is gone after a reload, too, and a register that was away lets go when it is back", async () => {
  const { hub, a, b } = await shop();
  hub.disconnect(b);
  await hub.nextDay();
  await hub.reopen(a);
  assert.deepEqual(shown(a), ["A2 open"]);
  await hub.reopen(b);
  await hub.settle();
  assert.deepEqual([shown(b), b.journal.size], [["A2 open"], 1]);
});

Deno.test("[SYN30] numbers go on where they were, and a name of which all was let go is not written on", async () => {
  const { hub, b, two } = await shop();
  const name = b.replica.id;
  await hub.nextDay();
  assert.equal(two.number, "B1");
  assert.equal(b.replica.nextNumber("B"), "B2");
  const next = await hub.write(b, { kind: "check.open", number: "B2" });
  assert.ok(b.replica.id !== name && next === `${b.replica.id}/1`);
  await hub.reopen(b);
  assert.equal(b.replica.nextNumber("B"), "B3");
});

Deno.test("[SYN29] a register that was away writes on a check that the others let go: all show it whole again", async () => {
  const { hub, a, b, one } = await shop();
  hub.disconnect(b);
  await hub.nextDay();
  await hub.write(b, { kind: "payment.refund", check: one.check, payment: one.payment, amount: 500, reason: "Cold" });
  assert.deepEqual(shown(b), ["A1 closed", "A2 open", "B1 closed"]);
  hub.connect(b);
  await hub.settle();
  await hub.compare();
  await hub.compare();
  for (const till of [a, b]) {
    assert.deepEqual(shown(till), ["A1 closed", "A2 open"]);
    const check = till.replica.book.get(one.check)!;
    assert.deepEqual([check.story.length, check.paid, check.payments[0]?.refunded], [5, 0, 500], till.name);
  }
});

Deno.test("[SYN36] a guest comes back the next day: the check is asked for, money is handed back, and it goes again", async () => {
  const { hub, a, b, one } = await shop();
  await hub.nextDay();
  await hub.write(b, { kind: "check.open", number: "B2" });
  await hub.settle();
  assert.deepEqual(await hub.recall(b, "A9"), []);
  assert.deepEqual(await hub.recall(b, "A1"), [one.check]);
  assert.deepEqual(shown(b), ["A1 closed", "A2 open", "B2 open"]);
  await hub.write(b, { kind: "payment.refund", check: one.check, payment: one.payment, amount: 500, reason: "Cold" });
  await hub.settle();
  await hub.compare();
  await hub.compare();
  assert.deepEqual(shown(a), shown(b));
  assert.equal(a.replica.book.get(one.check)?.payments[0]?.refunded, 500);
  await hub.write(b, { kind: "payment.add", check: one.check, tender: "card", amount: 500 });
  await hub.settle();
  assert.equal(await hub.nextDay(), 1);
  assert.deepEqual([shown(a), shown(b)], [["A2 open", "B2 open"], ["A2 open", "B2 open"]]);
});

Deno.test("[SYN36] a check that was only looked at is let go with the next business day, also where its writer was forgotten", async () => {
  const { hub, a, b, two } = await shop();
  await hub.nextDay();
  await hub.recall(a, "B1"); // nothing else of B is held
  assert.deepEqual(shown(a), ["A2 open", "B1 closed"]);
  await hub.compare();
  await hub.compare();
  assert.deepEqual(shown(b), shown(a));
  assert.equal(hub.retirement.letGo("when all have it"), 0); // it is still that day
  await hub.nextDay();
  assert.deepEqual([shown(a), shown(b), hub.log.familyOf(two.check).length], [["A2 open"], ["A2 open"], 4]);
});

Deno.test("[SYN31] a register that joins shows the open checks before those that are over", async () => {
  const { hub, a } = await shop();
  const c = await hub.open("cccccccc");
  hub.connect(c);
  await hub.settle();
  await hub.compare();
  await hub.compare();
  assert.deepEqual(shown(c), shown(a));
  await hub.nextDay();
  const d = await hub.open("dddddddd");
  hub.connect(d);
  await hub.settle();
  await hub.compare();
  assert.deepEqual([shown(d), d.journal.size, d.replica.retired], [["A2 open"], 1, hub.retired.newest()]);
});

Deno.test("[SYN28] two registers without a hub do not take each other's word that something was let go", async () => {
  const { hub, a, b } = await shop();
  hub.disconnect(b);
  await hub.nextDay();
  const sent: string[] = [];
  const link = a.replica.link("bbbbbbbb", (message) => sent.push(message.type));
  await link.receive({ type: "have", vector: {} }); // as a register that knows nothing yet
  assert.ok(!sent.includes("delta"), "the place of A1 is empty, and what follows it would be refused");
  assert.equal(shown(b).length, 3);
});

Deno.test("[SYN26] after thirty days of opening twice a day the vector names only who still has something to say", async () => {
  const hub = new HubAndRegisters();
  const tills = await Promise.all(["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"].map((name) => hub.open(name)));
  for (const till of tills) hub.connect(till);
  const sizes: number[] = [];
  for (let day = 0; day < 30; day++) {
    for (const till of [...tills, ...tills]) { // each is opened twice
      await hub.reopen(till);
      await hub.sell(till);
      await hub.settle();
    }
    await hub.nextDay();
    await hub.compare();
    sizes.push(Math.max(...tills.map(held)));
  }
  assert.ok(Math.max(...sizes) <= 8, String(sizes)); // 240 names were written under
  assert.equal(Object.keys(hub.log.heads()).length, 240);
});
