// Tests in Chromium, Firefox and WebKit: brings those that the machine lacks, and runs tests/engines/.
import { readdirSync } from "node:fs";
import { at } from "./lib/paths.js";
import { runAsScript, show } from "./lib/run.js";
import { forEngines } from "./setup.js";

const main = async () => {
  await forEngines();
  const files = readdirSync(at("tests", "engines")).filter((name) => name.endsWith(".test.js"));
  const options = [
    "--import",
    "tsx",
    "--test",
    "--test-reporter=spec",
    "--test-timeout=600000",
    "--test-concurrency=1",
  ];
  await show(process.execPath, [...options, ...files.map((name) => at("tests", "engines", name))]);
};

await runAsScript(import.meta, main);
