import { startWorker as start } from "../../../scripts/lib/worker.js";

/**
 * A Worker that goes with the test, in the engine that this run is for.
 *
 * ```js
 * const worker = await startWorker(t, {
 *   source: `import { createRelay } from "botsplash/relay"; ...`,
 *   env: { API_URL: sandbox.url },
 * });
 * await fetch(worker.url);
 * await worker.kill();
 * await worker.restart();
 * ```
 * @param {import("node:test").TestContext} test
 * @param {import("../../../scripts/lib/workerd.js").WorkerOptions} options
 */
export const startWorker = async (test, options) => {
  const worker = await start(options);
  test.after(worker.stop);
  return worker;
};
