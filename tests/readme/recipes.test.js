import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { sources, withRecipes } from "../../scripts/readme/recipe-blocks.js";

const readme = readFileSync(at("README.md"), "utf8");

test("each recipe is the file that the packages' tests run", () => {
  assert.ok(withRecipes(readme) === readme, "some are not: `node scripts/recipes.js` makes them so");
});

test("every fence of the section is a recipe", () => {
  const [, section] = readme.split("\n## Recipes\n");
  const [recipes] = section.split("\n## ");
  assert.equal(sources(recipes).length, recipes.match(/^```\w+$/gm)?.length);
  for (const source of sources(recipes)) assert.match(source, /^tests\/packages\//);
});

test("a recipe that is not what is tested is told apart", () => {
  const recipe = "<!-- from package.json -->\n```json\n{}\n```\n";
  assert.notEqual(withRecipes(recipe), recipe);
  assert.equal(withRecipes(withRecipes(recipe)), withRecipes(recipe));
});
