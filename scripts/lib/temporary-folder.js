import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @type {string[]} */
const folders = [];

/**
 * A folder outside the repository that goes with this process. The test's own end would be too early: Node runs its hooks in
 * the order of their registration. Programs that the test started later still write into the folder then.
 */
export const temporaryFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "botsplash-"));
  if (folders.push(folder) === 1) {
    process.once("exit", () => {
      for (const one of folders) rmSync(one, { recursive: true, force: true, maxRetries: 10 });
    });
  }
  return folder;
};
