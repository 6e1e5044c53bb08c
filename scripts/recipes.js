// Writes the code of README and guides out of the projects and snippets that test it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { at } from "./lib/paths.js";
import { runAsScript } from "./lib/run.js";
import { withRecipes } from "./readme/recipe-blocks.js";

await runAsScript(import.meta, async () => {
  const guides = readdirSync(at("docs")).filter((name) => name.endsWith(".md"));
  for (const file of [at("README.md"), ...guides.map((name) => at("docs", name))]) {
    const text = readFileSync(file, "utf8");
    const current = withRecipes(text);
    if (current !== text) writeFileSync(file, current);
  }
});
