import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { budgetFile } from "../../scripts/build/sizes.js";
import { at } from "../../scripts/lib/paths.js";
import { sources, withRecipes } from "../../scripts/readme/recipe-blocks.js";

const readme = readFileSync(at("README.md"), "utf8");

test("the README fits on a page or two", () => {
  assert.ok(readme.trimEnd().split("\n").length <= 150);
});

test("its code is in files that run against a sandbox", () => {
  assert.ok(withRecipes(readme) === readme, "some is not: `node scripts/recipes.js` makes it so");
  assert.deepEqual(sources(readme), ["tests/docs/snippets/quick-start.mjs", "examples/rust/quick-start/src/main.rs"]);
  assert.equal(readme.match(/^```(js|ts|rust)$/gm)?.length, 2);
});

test("it says what the package weighs", () => {
  const kilobytes = Math.round(budgetFile().brotliBytes.app / 1000);
  assert.match(readme, new RegExp(`weigh ${kilobytes} KB compressed`));
});

test("the crate's README promises the same", () => {
  const crate = readFileSync(at("src", "README.md"), "utf8").replace(/\s+/g, " ");
  const promises = readme.match(/^- \*\*It (?:tells|never|keeps)[\s\S]*?(?=\n- |\n\n)/gm) ?? [];
  assert.equal(promises.length, 3);
  const needs = /\*\*Real use needs[\s\S]*?access rules\./.exec(readme)?.[0] ?? "";
  for (const said of [...promises, needs]) assert.ok(crate.includes(said.replace(/\s+/g, " ")), said);
});

test("a recipe that is not what is tested is told apart", () => {
  const recipe = "<!-- from package.json -->\n```json\n{}\n```\n";
  assert.notEqual(withRecipes(recipe), recipe);
  assert.equal(withRecipes(withRecipes(recipe)), withRecipes(recipe));
});
