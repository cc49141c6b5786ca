/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { count, figure, list, median, nameOf, span } from "./words.ts";

Deno.test("numbers carry a real minus sign and at most one decimal", () => {
  assert.equal(figure(-75), "−75");
  assert.equal(figure(-70.46), "−70.5");
  assert.equal(figure(-0.01), "0");
  assert.equal(figure(12), "12");
});

Deno.test("spans are told in the unit that says most", () => {
  assert.deepEqual([0, 44_600, 89_000, 90_000, 300_000, 7_200_000, 172_800_000].map(span), [
    "0 s",
    "45 s",
    "89 s",
    "2 min",
    "5 min",
    "2 h",
    "2 days",
  ]);
  assert.equal(span(-5), "0 s");
});

Deno.test("lists and counts read as people say them", () => {
  assert.equal(list([]), "");
  assert.equal(list(["Bar"]), "Bar");
  assert.equal(list(["Bar", "Till 1", "Terrace"]), "Bar, Till 1 and Terrace");
  assert.equal(count(1, "change"), "1 change");
  assert.equal(count(2, "change"), "2 changes");
});

Deno.test("the median is the middle, or between the two in the middle", () => {
  assert.equal(median([]), undefined);
  assert.equal(median([-80, -60, -70]), -70);
  assert.equal(median([-71, -70]), -70.5);
});

Deno.test("a register without a name goes by its letter", () => {
  assert.equal(nameOf({ name: "  ", letter: "B" }), "Register B");
  assert.equal(nameOf({ name: " Bar ", letter: "A" }), "Bar");
});
