// The relay's sending in 200 random worlds; in 2,000 where SIMULATION_SEEDS says so.
import assert from "node:assert/strict";
import test from "node:test";
import { bundleSimulation, runSimulation } from "../../scripts/lib/simulation.js";

const SEEDS = Number(process.env.SIMULATION_SEEDS ?? 200);

/** @param {number} from @param {number} count */
const run = async (from, count) => {
  /** @type {import("../../scripts/lib/simulation.js").SeedResult[]} */
  const results = [];
  await runSimulation(await bundleSimulation("test"), from, count, (result) => void results.push(result));
  return results;
};

test(`in ${SEEDS} random worlds every promise is kept`, async () => {
  const results = await run(1, SEEDS);
  assert.equal(results.length, SEEDS);
  const stories = results.flatMap(({ story }) => story ?? []);
  assert.equal(stories.length, 0, stories.slice(0, 3).join("\n\n"));
  assert.ok(results.every(({ leads }) => leads > 0));
  assert.ok(results.reduce((sum, { sends }) => sum + sends, 0) > SEEDS);
});

test("the same seed is the same world, twice", async () => {
  const [one, other] = [await run(7, 5), await run(7, 5)];
  assert.deepEqual(
    one.map(({ trace }) => trace),
    other.map(({ trace }) => trace),
  );
  assert.equal(new Set(one.map(({ trace }) => trace)).size, 5);
});
