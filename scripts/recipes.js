// Writes the README's recipes out of the projects that test them.
import { readFileSync, writeFileSync } from "node:fs";
import { at } from "./lib/paths.js";
import { runAsScript } from "./lib/run.js";
import { withRecipes } from "./readme/recipe-blocks.js";

await runAsScript(import.meta, async () => {
  writeFileSync(at("README.md"), withRecipes(readFileSync(at("README.md"), "utf8")));
});
