/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { keepPlaces } from "./places.ts";

Deno.test("what stands keeps its place; what is gone leaves it standing; what is new comes last", () => {
  assert.deepEqual(keepPlaces([], ["a", "b"]), ["a", "b"]);
  assert.deepEqual(keepPlaces(["a", "b", "c"], ["c", "new", "a"]), ["a", "b", "c", "new"]);
});
