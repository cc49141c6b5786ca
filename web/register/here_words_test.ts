/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Claim } from "../../shared/claim.ts";
import { cardHere, checkHere } from "./here_words.ts";
import { namesFrom } from "./names.ts";

const CHECK = "aaaaaaaa-0000/1";
const nameOf = namesFrom({ id: "aaaaaaaa", name: "Bar" }, [{ id: "bbbbbbbb", name: "Till 1" }]);
const on = (register: string, staff?: string): Claim => ({ check: CHECK, register, staff, since: 0, until: 1 });

const SAID: readonly (readonly [readonly Claim[], string | undefined, string | undefined])[] = [
  [[], undefined, undefined],
  [[on("aaaaaaaa", "Ana")], "Ana is here", "Ana is in this tab on Bar"],
  [[on("aaaaaaaa")], "Bar is here", "Bar is in this tab"],
  [[on("cccccccc")], "Another register is here", "Another register is in this tab"],
  [
    [on("aaaaaaaa", "Ana"), on("bbbbbbbb", "Ben")],
    "Ana and Ben are here",
    "Ana on Bar and Ben on Till 1 are in this tab",
  ],
  [[on("aaaaaaaa", "Ana"), on("bbbbbbbb")], "Ana and Till 1 are here", "Ana on Bar and Till 1 are in this tab"],
  [[on("aaaaaaaa", "Ana"), on("bbbbbbbb", "Ana")], "Ana is here", "Ana on Bar and Ana on Till 1 are in this tab"],
  [
    [on("aaaaaaaa", "Ana"), on("bbbbbbbb", "Ben"), on("cccccccc", "Cleo")],
    "Ana and 2 others are here",
    "Ana on Bar and 2 others are in this tab",
  ],
];

for (const [others, card, check] of SAID) {
  Deno.test(`[CLM11] a card says: ${card ?? "nothing when nobody is there"}`, () => {
    assert.deepEqual([cardHere(others, nameOf), checkHere(others, nameOf)], [card, check]);
  });
}
