import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CLAIM_LEASE_MS,
  CLAIM_RENEW_MS,
  ClaimList,
  CLAIMS_MAX,
  CLAIMS_PER_REGISTER_MAX,
  claimsMark,
  ClaimTo,
  fromList,
  inOrder,
  NO_CLAIMS,
  othersIn,
  standing,
  toList,
  withClaim,
  without,
} from "./claim.ts";

const [A, B] = ["aaaaaaaa", "bbbbbbbb"] as const;
const [ONE, TWO] = [`${A}-0000/1`, `${A}-0000/2`] as const;
const NOW = 1_000_000;

function says(check: string | null, staff?: string): ClaimTo {
  return ClaimTo.parse({ type: "claim", check, staff });
}

test("[CLM1] a register is in one check: its later word takes the place of the earlier, and null of all", () => {
  const first = withClaim(NO_CLAIMS, A, says(ONE, "Ana"), NOW);
  const second = withClaim(first, A, says(TWO, "Ana"), NOW + 5);
  assert.equal([...second.values()].length, CLAIMS_PER_REGISTER_MAX);
  assert.deepEqual([second.get(A)?.check, second.get(A)?.since], [TWO, NOW + 5]);
  assert.equal(withClaim(second, A, says(null), NOW + 6).size, 0);
  assert.equal(first.get(A)?.check, ONE, "what was handed out does not change");
});

test("[CLM2] a claim stands for 60 s from when it was last said, and since when it was first said", () => {
  const first = withClaim(NO_CLAIMS, A, says(ONE), NOW);
  assert.equal(standing(first, NOW + CLAIM_LEASE_MS - 1).size, 1);
  assert.equal(standing(first, NOW + CLAIM_LEASE_MS).size, 0);
  const again = withClaim(first, A, says(ONE), NOW + CLAIM_RENEW_MS);
  assert.equal(again.get(A)?.since, NOW);
  assert.equal(standing(again, NOW + CLAIM_LEASE_MS).size, 1);
  const late = withClaim(first, A, says(ONE), NOW + CLAIM_LEASE_MS);
  assert.equal(late.get(A)?.since, NOW + CLAIM_LEASE_MS, "after its lease it is a new one");
  assert.ok(CLAIM_LEASE_MS === 60_000 && 2 * CLAIM_RENEW_MS < CLAIM_LEASE_MS);
});

test("[CLM3] a register that is gone is in nothing, and the others stay", () => {
  const both = withClaim(withClaim(NO_CLAIMS, A, says(ONE), NOW), B, says(ONE), NOW);
  assert.deepEqual([...without(both, A).keys()], [B]);
  assert.equal(without(NO_CLAIMS, A), NO_CLAIMS);
});

test("who is in a check: all but oneself, the first that came first", () => {
  const both = withClaim(withClaim(NO_CLAIMS, B, says(ONE, "Ben"), NOW + 1), A, says(ONE, "Ana"), NOW);
  const all = inOrder(withClaim(both, "cccccccc", says(TWO), NOW).values());
  assert.deepEqual(othersIn(all, ONE, "cccccccc").map(({ staff }) => staff), ["Ana", "Ben"]);
  assert.deepEqual(othersIn(all, ONE, A).map(({ staff }) => staff), ["Ben"]);
  assert.deepEqual(othersIn(all, TWO, "cccccccc"), []);
});

test("no more claims are kept than a hub has registers; those that stand can be renewed", () => {
  const id = (i: number) => `aaaaaa${String(i).padStart(2, "0")}`;
  let claims = NO_CLAIMS;
  for (let i = 0; i <= CLAIMS_MAX; i++) claims = withClaim(claims, id(i), says(ONE), NOW);
  assert.equal(claims.size, CLAIMS_MAX);
  assert.equal(withClaim(claims, id(3), says(ONE), NOW + 9).get(id(3))?.until, NOW + 9 + CLAIM_LEASE_MS);
  assert.ok(ClaimList.safeParse(toList(inOrder(claims.values()), NOW)).success);
});

test("[CLM5] a list carries durations, so it means the same on another clock; nobody gives more than a lease", () => {
  const claims = inOrder(withClaim(NO_CLAIMS, A, says(ONE, "Ana"), NOW).values());
  const list = ClaimList.parse(JSON.parse(JSON.stringify(toList(claims, NOW + 10_000))));
  assert.deepEqual(list.claims, [{ register: A, check: ONE, staff: "Ana", agoMs: 10_000, leftMs: 50_000 }]);
  assert.deepEqual(fromList(list, 77_000).get(A), {
    ...{ register: A, check: ONE, staff: "Ana" },
    since: 67_000,
    until: 127_000,
  });
  const endless = { ...list, claims: list.claims.map((claim) => ({ ...claim, leftMs: 9_000_000 })) };
  assert.equal(fromList(endless, 0).get(A)?.until, CLAIM_LEASE_MS);
});

test("the mark of claims changes with what people would see, not with time", () => {
  const first = inOrder(withClaim(NO_CLAIMS, A, says(ONE, "Ana"), NOW).values());
  const again = inOrder(withClaim(NO_CLAIMS, A, says(ONE, "Ana"), NOW + 9).values());
  const other = inOrder(withClaim(NO_CLAIMS, A, says(ONE, "Ben"), NOW).values());
  assert.equal(claimsMark(first), claimsMark(again));
  assert.notEqual(claimsMark(first), claimsMark(other));
});

test("[CLM1] what is not a claim is refused; fields of a later version are left out", () => {
  for (const wrong of [{ check: "12" }, {}, { check: ONE, staff: "" }, { check: ONE, staff: "x".repeat(61) }]) {
    assert.equal(ClaimTo.safeParse({ type: "claim", ...wrong }).success, false, JSON.stringify(wrong));
  }
  assert.deepEqual(ClaimTo.parse({ type: "claim", check: ONE, seat: 3 }), { type: "claim", check: ONE });
});
