import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @type {string[]} */
const folders = [];

/**
 * A folder outside the repository that goes with this process. A test's own end would be too early: Node runs the hooks
 * that come after it in the order of their registration, and programs that were started later still write into it.
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
