// What the table of environments is made of: each environment that passed says so itself.
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { environments } from "../../../scripts/lib/paths.js";

/** @param {import("../../../scripts/readme/environments-table.js").Row} passed recorded when the test file that calls this has passed, all of it */
export const row = (passed) => {
  process.once("exit", (code) => {
    if (code !== 0) return;
    mkdirSync(dirname(environments), { recursive: true });
    // One short write: environments that are tested at the same time do not mix.
    appendFileSync(environments, `${JSON.stringify(passed)}\n`);
  });
};
