/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { clearedWords, keepingWords } from "./storage_words.ts";
import { keepMark, type Mark, markAtStart, readMark, type Slip } from "./storage_mark.ts";

const ENROLMENT = { registerId: "aaaaaaaa", token: "t", name: "Bar", letter: "B", venue: "Lola" };
const MARK: Mark = { enrolment: ENROLMENT, wrote: true, unsynced: 2 };

function memorySlip(): () => Slip {
  const values = new Map<string, string>();
  const slip = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
  return () => slip;
}

Deno.test("[CFG16] a mark is read as it was kept; none, a broken one and a browser that refuses are all no mark", () => {
  const slip = memorySlip();
  assert.equal(readMark(slip), undefined);
  keepMark(slip, MARK);
  assert.deepEqual(readMark(slip), MARK);
  slip().setItem("counterpart-register", "{");
  assert.equal(readMark(slip), undefined);
  const refuses = () => {
    throw new DOMException("no", "SecurityError");
  };
  keepMark(refuses, MARK);
  assert.equal(readMark(refuses), undefined);
});

Deno.test("[CFG16] an empty database of a register that had written was cleared, with what reached nobody", () => {
  assert.equal(markAtStart(MARK, ENROLMENT, 0).lost, 2);
  assert.equal(markAtStart({ ...MARK, unsynced: 0 }, ENROLMENT, 0).lost, 0);
  assert.equal(markAtStart({ ...MARK, lost: 3 }, ENROLMENT, 0).lost, 5, "and what was lost before");
  assert.equal(markAtStart({ ...MARK, lost: 3 }, ENROLMENT, 9).lost, 3, "until somebody has read it");
});

Deno.test("[CFG16] a new register, another one, and one that never wrote were not cleared", () => {
  assert.equal(markAtStart(undefined, ENROLMENT, 0).lost, undefined);
  assert.equal(markAtStart({ ...MARK, wrote: false }, ENROLMENT, 0).lost, undefined);
  assert.equal(markAtStart(MARK, { ...ENROLMENT, registerId: "bbbbbbbb" }, 0).lost, undefined);
  assert.equal(markAtStart(MARK, ENROLMENT, 5).lost, undefined);
});

Deno.test("[CFG16] what happened, what it means, what to do", () => {
  assert.match(
    clearedWords(0),
    /cleared this register's storage.*come back.*Nothing of this register is known to be lost/,
  );
  assert.match(clearedWords(1), /1 change of this register may have been on it alone and is lost then/);
  assert.match(clearedWords(2), /2 changes of this register may have been on it alone and are lost then/);
});

Deno.test("[CFG15] Diagnostics says what the browser answered", () => {
  assert.match(keepingWords("granted"), /promised to keep it/);
  assert.match(keepingWords("refused"), /has not promised/);
  assert.match(keepingWords("unasked"), /cannot be asked/);
  assert.match(keepingWords("asking"), /has not answered yet/);
});
