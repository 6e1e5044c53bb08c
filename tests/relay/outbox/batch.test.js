import assert from "node:assert/strict";
import test from "node:test";
import { createBatch } from "../../../relay/outbox/batch.ts";
import { comes } from "../support/comes.js";

/** Sooner than the outbox does it. */
const soon = () => new Promise((/** @type {(value?: undefined) => void} */ resolve) => setImmediate(() => resolve()));

/** A disk that is as slow as the test wants. */
const slowDisk = () => {
  /** @type {{ resolve: () => void, reject: (error: Error) => void }[]} */
  const syncs = [];
  const write = createBatch(() => new Promise((resolve, reject) => syncs.push({ resolve, reject })), soon);
  return { syncs, write };
};

test("nobody is told that something is kept before it is on the disk", async () => {
  const { syncs, write } = slowDisk();
  let told = false;
  const kept = write(() => "kept").then((value) => {
    told = true;
    return value;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([syncs.length, told], [1, false]);
  syncs[0].resolve();
  assert.equal(await kept, "kept");
});

test("what comes while the disk is busy is written in one go, in its order", async () => {
  const { syncs, write } = slowDisk();
  /** @type {number[]} */
  const order = [];
  const first = write(() => order.push(0));
  const others = [1, 2, 3].map((number) => write(() => order.push(number)));
  syncs[0].resolve();
  await first;
  await comes(() => syncs.length > 1);
  syncs[1].resolve();
  await Promise.all(others);
  assert.deepEqual([order, syncs.length], [[0, 1, 2, 3], 2]);
});

test("a step that fails fails alone", async () => {
  const write = createBatch(async () => {}, soon);
  const results = await Promise.allSettled([
    write(() => 1),
    write(() => {
      throw new Error("no");
    }),
    write(() => 3),
  ]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
});

test("when a commit fails everybody is told, and nothing more is done: nobody knows what is on the disk", async () => {
  const { syncs, write } = slowDisk();
  const lost = write(() => 1);
  let isDone = false;
  const behind = write(() => {
    isDone = true;
  });
  syncs[0]?.reject(new Error("full"));
  await assert.rejects(lost, /full/);
  await assert.rejects(behind, /full/);
  await assert.rejects(
    write(() => 2),
    /full/,
  );
  assert.deepEqual([isDone, syncs.length], [false, 1]);
});
