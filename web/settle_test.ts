/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { settle, stageIn } from "./settle.ts";

async function inDist(run: (dist: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "counterpart-dist-"));
  try {
    await run(join(root, "dist"));
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function buildInto(dist: string, files: Readonly<Record<string, string>>): Promise<void> {
  const stage = await stageIn(dist);
  mkdirSync(`${stage}/assets`);
  for (const [file, text] of Object.entries(files)) writeFileSync(`${stage}/${file}`, text);
  await settle(stage, dist);
}

const FIRST = { "index.html": "one", "assets/a-1.js": "a", "assets/b-1.js": "b" };

test("a build puts in place what changed, leaves the rest untouched, and takes away what is no longer part of it", () =>
  inDist(async (dist) => {
    await buildInto(dist, FIRST);
    const before = statSync(`${dist}/assets/a-1.js`).ino;
    await buildInto(dist, { "index.html": "two", "assets/a-1.js": "a", "assets/b-2.js": "bb" });
    assert.equal(readFileSync(`${dist}/index.html`, "utf8"), "two");
    assert.deepEqual(readdirSync(`${dist}/assets`).sort(), ["a-1.js", "b-2.js"]);
    assert.equal(statSync(`${dist}/assets/a-1.js`).ino, before, "the same file still");
    assert.deepEqual(readdirSync(dist).sort(), ["assets", "index.html"]);
  }));

test("two builds at once leave what each of them built", () =>
  inDist(async (dist) => {
    await Promise.all([buildInto(dist, FIRST), buildInto(dist, FIRST)]);
    assert.deepEqual(readdirSync(dist).sort(), ["assets", "index.html"]);
    assert.deepEqual(readdirSync(`${dist}/assets`).sort(), ["a-1.js", "b-1.js"]);
  }));

test("what a build that was ended left behind goes with a later one, and one that is under way stays", () =>
  inDist(async (dist) => {
    const [old, recent] = [await stageIn(dist), await stageIn(dist)];
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(old, longAgo, longAgo);
    await buildInto(dist, FIRST);
    assert.deepEqual(readdirSync(dist).filter((name) => name.startsWith(".")), [recent.split("/").at(-1)]);
  }));
