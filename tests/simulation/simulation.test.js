// The relay's sending in 200 random worlds. Where SIMULATION_SEEDS says so it is 2,000, and each rule is taken out in turn.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { bundleSimulation, noticeOf, runSimulation } from "../../scripts/lib/simulation.js";
import { MUTANTS } from "./mutants.ts";

const SEEDS = Number(process.env.SIMULATION_SEEDS ?? 200);

/** Enough for a rule that is gone to show. */
const SEEDS_WITHOUT_A_RULE = 400;

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

for (const [index, mutant] of MUTANTS.entries()) {
  test(`the simulation can take out the rule: ${mutant.rule}`, () => {
    assert.equal(readFileSync(at(mutant.file), "utf8").split(mutant.from).length, 2, `${mutant.file}: ${mutant.from}`);
  });

  if (SEEDS < 2000) continue;
  test(`a world falls over without the rule: ${mutant.rule}`, async () => {
    const program = await bundleSimulation(`without-${index}`, mutant);
    assert.notEqual(await noticeOf(program, 1, SEEDS_WITHOUT_A_RULE), undefined);
  });
}
