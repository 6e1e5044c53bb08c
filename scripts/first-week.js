// Plays the example Worker's first week, and writes the page of the guides that tells it.
import { writeFileSync } from "node:fs";
import { build } from "./build.js";
import { playWeek } from "./first-week/process.js";
import { at } from "./lib/paths.js";
import { runAsScript } from "./lib/run.js";

await runAsScript(import.meta, async () => {
  await build();
  writeFileSync(at("docs", "relay-first-week.md"), await playWeek());
});
