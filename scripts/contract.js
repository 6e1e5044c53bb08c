// Takes over what the API's own description says: `npm run contract -- openapi.yaml`, then a review of `git diff`.
import { readFileSync, writeFileSync } from "node:fs";
import { at } from "./lib/paths.js";
import { runAsScript, Trouble } from "./lib/run.js";

await runAsScript(import.meta, async () => {
  const [source] = process.argv.slice(2);
  if (source === undefined) throw new Trouble("Name the API's description: npm run contract -- openapi.yaml");
  // From here on, scripts may import TypeScript, which Node 20 cannot.
  (await import("tsx/esm/api")).register();
  const { readReport } = await import("../command/contract/source.ts");
  const { adopt } = await import("./contract/adopt.js");
  const report = await readReport(source).catch((error) => {
    throw new Trouble(error.message);
  });
  const { changed, left } = adopt(report, (file) => readFileSync(at(file), "utf8"));
  for (const [file, text] of changed) {
    writeFileSync(at(file), text);
    console.log(`contract: changed ${file}`);
  }
  if (changed.size === 0) console.log("contract: nothing is to be changed");
  for (const line of left) console.log(`contract: left to you: ${line}`);
  if (changed.size > 0) {
    console.log("contract: look at `git diff`, then run `npx biome check --write`, `cargo fmt` and `npm test`");
  }
});
