// Records what the package weighs now as its budget, with 1% to spare: what grows later is told by group.
import { writeFileSync } from "node:fs";
import { build } from "./build.js";
import { at } from "./lib/paths.js";
import { runAsScript } from "./lib/run.js";

const SPARE = 1.01;

const main = async () => {
  await build();
  const { budgetFile, recorded } = await import("./build/sizes.js");
  const { groups } = await import("./build/groups.js");
  const { about, brotliBytes, brotliLimits } = budgetFile();
  const sizes = recorded();
  const limits = Object.keys(brotliBytes).map((name) => [name, Math.round(sizes[name].brotli * SPARE)]);
  const budget = { about, brotliBytes: Object.fromEntries(limits), brotliLimits, groups: groups() };
  writeFileSync(at("size-budget.json"), `${JSON.stringify(budget, null, 2)}\n`);
  console.log("budget: recorded", budget.brotliBytes);
};

await runAsScript(import.meta, main);
