import assert from "node:assert/strict";
import { test } from "node:test";
import { PRICE_MAX } from "../money.ts";
import { CheckBody } from "./op.ts";

const check = "aaaaaaaa-0000/1";
const line = { kind: "line.add", check, name: "Burger", price: 1_000, quantity: 1 };
const refused = (body: unknown) => assert.equal(CheckBody.safeParse(body).success, false, JSON.stringify(body));

test("[CHK9] bounds hold for every field that counts", () => {
  assert.equal(CheckBody.safeParse(line).success, true);
  refused({ ...line, price: -1 });
  refused({ ...line, price: 2 ** 53 });
  refused({ ...line, price: PRICE_MAX + 1 });
  refused({ ...line, price: 9.99 });
  refused({ ...line, quantity: 0 });
  refused({ ...line, quantity: -2 });
  refused({ ...line, name: "   " });
  refused({ ...line, name: "x".repeat(61) });
  refused({ ...line, check: "somewhere" });
  refused({ ...line, taxes: [{ name: "T", rate: -1, mode: "exclusive" }] });
  refused({ ...line, surprise: true });
  refused({ kind: "payment.add", check, tender: "cash", amount: 0 });
  refused({ kind: "payment.add", check, tender: "bitcoin", amount: 5 });
  refused({ kind: "check.open", number: "12" });
  refused(null);
  refused([]);
  refused("line.add");
});

test("[CHK8] a body of a later version is carried whole; one that is too large or has no kind is not", () => {
  const later = { kind: "line.flambe", check, heat: { degrees: 900 } };
  assert.deepEqual(CheckBody.parse(later), later);
  refused({ kind: "line.flambe", note: "x".repeat(5_000) });
  refused({ kind: "DROP TABLE" });
  refused({ check });
});
