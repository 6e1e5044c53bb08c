import * as workerd from "../../../scripts/lib/workerd.js";

/**
 * A Worker in workerd that goes with the test.
 *
 * ```js
 * const worker = await startWorkerd(t, {
 *   source: `import { createRelay } from "botsplash/relay"; ...`,
 *   env: { API_URL: sandbox.url },
 * });
 * await fetch(worker.url);
 * await worker.kill();
 * await worker.restart();
 * ```
 * @param {import("node:test").TestContext} test
 * @param {workerd.WorkerOptions} options
 */
export const startWorkerd = async (test, options) => {
  const worker = await workerd.startWorkerd(options);
  test.after(worker.stop);
  return worker;
};
