import assert from "node:assert/strict";
import test from "node:test";
import { createRateLimiter } from "../../../relay/node/rate-limit.ts";

test("so many pass at once, and as many again in each period", async () => {
  let now = 0;
  const limiter = createRateLimiter(10, 60_000, () => now);
  /** @param {string} key @param {number} times */
  const passed = async (key, times) => {
    let count = 0;
    for (let time = 0; time < times; time += 1) count += (await limiter.limit({ key })).success ? 1 : 0;
    return count;
  };
  assert.equal(await passed("a", 25), 10);
  assert.equal(await passed("b", 3), 3);
  now = 30_000;
  assert.equal(await passed("a", 25), 5);
  now = 600_000;
  assert.equal(await passed("a", 25), 10);
});

test("a flood of keys takes no more memory than so much", async () => {
  const limiter = createRateLimiter(10, 60_000, () => 0);
  const before = process.memoryUsage().heapUsed;
  for (let key = 0; key < 300_000; key += 1) await limiter.limit({ key: `key ${key}` });
  assert.ok(process.memoryUsage().heapUsed - before < 100_000_000);
});
