// Runs a Worker on the relay's own host, in a Node that has what it needs, as `workerd.js` runs it in workerd.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { at, pkg, root } from "./paths.js";
import { freePort } from "./ports.js";
import { gatherPrinted } from "./printed.js";
import { reviewPage } from "./review-page.js";

/**
 * @typedef {object} HostSettings
 * @property {string} [disk] the data folder; one that goes with the worker unless given
 * @property {"FULL" | "OFF"} [synchronous]
 * @property {Record<string, string>} [environment] variables for the process
 * @property {string[]} [execArgv] for Node
 * @property {string[]} [within] a program and its arguments, which ends by running the command behind them in its own place
 * @property {boolean} [plainFetch] the worker is not given the host's own `fetch`
 *
 * @typedef {import("./workerd.js").RunningWorker & {
 *   folder: string,
 *   log: string,
 *   logs: (pattern: RegExp) => Promise<void>,
 *   end: (signal: NodeJS.Signals) => Promise<number | null>,
 *   ended: () => Promise<number | null>,
 * }} RunningHost
 *   `folder` is where its data lies. `log` is what the host itself has said, a line of JSON each.
 *   `end` sends a signal and resolves with the exit code, `ended` waits for it.
 */

/**
 * @param {string} node the program
 * @param {import("./workerd.js").WorkerOptions & HostSettings} options
 * @returns {Promise<RunningHost>}
 */
export const startNodeHost = async (node, { source, module, env = {}, ...settings }) => {
  const folder = mkdtempSync(join(tmpdir(), "botsplash-host-"));
  const disk = settings.disk ?? join(folder, "disk");
  /** @type {ReturnType<typeof serve> | undefined} */
  let running;
  const printed = gatherPrinted();
  const logged = gatherPrinted();
  const port = await freePort();

  const start = async () => {
    const options = { env, folder: disk, port, synchronous: settings.synchronous, plainFetch: settings.plainFetch };
    const child = serve(node, folder, options, settings);
    running = child;
    child.onOutput(printed.add);
    child.onLog((line) => logged.add(`${line}\n`));
    await child.port.catch((error) => {
      throw new Error(`${error.message}\n${printed.text}`);
    });
  };
  const ended = async () => (running ? running.ended : null);
  /** @param {NodeJS.Signals} signal */
  const end = async (signal) => {
    running?.signal(signal);
    const code = await ended();
    running = undefined;
    return code;
  };
  const stop = async () => {
    await end("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    mkdirSync(disk, { recursive: true });
    await bundle(
      source === undefined ? { entryPoints: [String(module)] } : { stdin: { contents: source, resolveDir: root } },
      folder,
    );
    await start();
    return {
      url: `http://127.0.0.1:${port}/`,
      get pid() {
        if (!running) throw new Error("the host is not running");
        return running.pid;
      },
      get output() {
        return printed.text;
      },
      prints: printed.matches,
      folder: disk,
      get log() {
        return logged.text;
      },
      logs: logged.matches,
      end,
      ended,
      kill: async () => void (await end("SIGKILL")),
      restart: start,
      async scheduled() {
        if (!running) throw new Error("the host is not running");
        await running.sweep();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** @param {import("esbuild").BuildOptions} entry @param {string} folder */
const bundle = async (entry, folder) => {
  /** @type {import("esbuild").BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    logLevel: "warning",
    plugins: [reviewPage],
    external: ["botsplash"],
  };
  await Promise.all([
    build({ ...common, ...entry, outfile: join(folder, "worker.mjs") }),
    build({ ...common, entryPoints: [at("scripts", "lib", "node-host-child.ts")], outfile: join(folder, "host.mjs") }),
  ]);
  cpSync(pkg, join(folder, "node_modules", "botsplash"), { recursive: true });
};

/**
 * @param {string} node
 * @param {string} folder
 * @param {object} options
 * @param {HostSettings} settings
 */
const serve = (node, folder, options, { environment, execArgv = [], within = [] }) => {
  const [program = node, ...rest] = [...within, node, ...execArgv, "host.mjs", JSON.stringify(options)];
  const child = spawn(program, rest, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once("close", (code) => resolve(code)));
  /** @type {Promise<number>} */
  const port = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`the host ended with ${code}`)));
    child.on("message", (/** @type {{ port?: number }} */ message) => message.port && resolve(message.port));
  });
  // The waiting test is told.
  port.catch(() => {});
  return {
    pid: Number(child.pid),
    ended,
    port,
    /** @param {NodeJS.Signals} signal */
    signal: (signal) => void child.kill(signal),
    /** @param {(text: string) => void} print */
    onOutput(print) {
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", print);
    },
    /** @param {(line: string) => void} take */
    onLog: (take) =>
      child.on("message", (/** @type {{ log?: string }} */ message) => {
        if (message.log !== undefined) take(message.log);
      }),
    sweep: () =>
      new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
        /** @param {unknown} message */
        const take = (message) => {
          if (message !== "swept") return;
          child.off("message", take);
          resolve();
        };
        child.on("message", take);
        child.send("sweep");
      }),
  };
};
