// Runs a Worker in one of the relay's two engines: `RELAY_ENGINE=node` takes its own host, anything else workerd.
import { startNodeHost } from "./node-host.js";
import { nodeOf, OLDEST_HOST } from "./nodes.js";
import { startWorkerd } from "./workerd.js";

/** @type {"node" | "workerd"} */
export const engine = process.env.RELAY_ENGINE === "node" ? "node" : "workerd";

/**
 * @param {import("./workerd.js").WorkerOptions} options
 * @returns {Promise<import("./workerd.js").RunningWorker>}
 */
export const startWorker = async (options) =>
  engine === "node" ? startNodeHost((await nodeOf(OLDEST_HOST)).node, options) : startWorkerd(options);
