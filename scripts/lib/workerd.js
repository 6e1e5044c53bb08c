// Runs a Worker in the real runtime of Cloudflare Workers, on this machine.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { pkg, root } from "./paths.js";
import { freePort } from "./ports.js";
import { gatherPrinted } from "./printed.js";
import { reviewPage } from "./review-page.js";

/**
 * @typedef {object} WorkerOptions
 * @property {string} [source] the Worker's module; what it imports is looked for from the repository's root
 * @property {string} [module] or the path of it
 * @property {Record<string, unknown>} [env] its variables: text as it is, all else as JSON
 * @property {string} [wasm] the path of what it imports as `NAME.wasm?module`: the package's unless given
 * @property {Record<string, string>} [objects] Durable Objects with SQLite, binding to class: `{ OUTBOX: "Outbox" }` unless given
 *
 * @typedef {object} RunningWorker
 * @property {string} url with a slash at the end; a restart keeps it
 * @property {number} pid changes with every restart
 * @property {string} output what it has printed, as far as that has come: all of it once it has ended
 * @property {(pattern: RegExp) => Promise<void>} prints resolves when the output matches
 * @property {() => Promise<void>} kill ends it as a power cut would, and leaves its disk as it is
 * @property {() => Promise<void>} restart after `kill()`, on the same disk
 * @property {() => Promise<void>} scheduled runs its cron handler
 * @property {() => Promise<void>} stop ends it, and its disk with it
 */

/** @type {{ default: string }} the program itself; its wrapper in .bin lets nothing but three streams through */
const { default: program } = createRequire(import.meta.url)("workerd");

/**
 * @param {WorkerOptions} options
 * @returns {Promise<RunningWorker>}
 */
export const startWorkerd = async ({
  source,
  module,
  wasm = join(pkg, "dist", "botsplash.wasm"),
  env = {},
  objects = { OUTBOX: "Outbox" },
}) => {
  const folder = mkdtempSync(join(tmpdir(), "botsplash-workerd-"));
  /** @type {Awaited<ReturnType<typeof serve>> | undefined} */
  let running;
  const printed = gatherPrinted();
  const kill = async () => {
    await running?.end();
    running = undefined;
  };
  const stop = async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    mkdirSync(join(folder, "disk"));
    await bundle(
      source === undefined ? { entryPoints: [String(module)] } : { stdin: { contents: source, resolveDir: root } },
      folder,
    );
    copyFileSync(wasm, join(folder, basename(wasm)));
    const ports = { worker: await freePort(), cron: await freePort() };
    const start = async () => {
      writeFileSync(join(folder, "config.capnp"), config(env, objects, ports, basename(wasm)));
      running = await serve(folder, printed.add);
    };
    await start();
    return {
      url: `http://127.0.0.1:${ports.worker}/`,
      get pid() {
        if (!running) throw new Error("workerd is not running");
        return running.pid;
      },
      get output() {
        return printed.text;
      },
      prints: printed.matches,
      kill,
      restart: start,
      async scheduled() {
        const answer = await fetch(`http://127.0.0.1:${ports.cron}/`);
        if (!answer.ok) throw new Error(`the cron handler failed: ${await answer.text()}`);
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
  await build({
    ...entry,
    absWorkingDir: root,
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    logLevel: "warning",
    conditions: ["workerd"],
    plugins: [reviewPage],
    // As wrangler does: a compiled module is not bundled but handed over beside the script.
    external: ["*?module", "cloudflare:*"],
  });
};

/** The Worker, and a second way in: one that runs its cron handler. */
const main = `import worker from "worker.js";
export * from "worker.js";
export default worker;
export const cron = {
  async fetch(request, env, ctx) {
    await worker.scheduled({ scheduledTime: Date.now(), cron: "*/5 * * * *" }, env, ctx);
    return new Response();
  },
};`;

/**
 * @param {Record<string, unknown>} env
 * @param {Record<string, string>} objects
 * @param {{ worker: number, cron: number }} ports
 * @param {string} wasm its file
 */
const config = (env, objects, ports, wasm) => {
  const text = JSON.stringify;
  const variables = Object.entries(env).map(([name, value]) =>
    typeof value === "string"
      ? `(name = ${text(name)}, text = ${text(value)})`
      : `(name = ${text(name)}, json = ${text(text(value))})`,
  );
  const namespaces = Object.entries(objects).map(
    ([name, className]) => `(name = ${text(name)}, durableObjectNamespace = ${text(className)})`,
  );
  const classes = Object.values(objects).map(
    (className) => `(className = ${text(className)}, uniqueKey = ${text(className)}, enableSql = true)`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "disk", disk = (path = "disk", writable = true)),
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [
    (name = "worker", address = "127.0.0.1:${ports.worker}", http = (), service = "worker"),
    (name = "cron", address = "127.0.0.1:${ports.cron}", http = (), service = (name = "worker", entrypoint = "cron")),
  ],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "main.js", esModule = ${text(main)}),
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "${wasm}?module", wasm = embed "${wasm}"),
  ],
  bindings = [${[...variables, ...namespaces].join(", ")}],
  durableObjectNamespaces = [${classes.join(", ")}],
  durableObjectStorage = (localDisk = "disk"),
  compatibilityDate = "2026-10-01",
  globalOutbound = "loopback",
);
`;
};

/**
 * @param {string} folder
 * @param {(text: string) => void} print
 * @returns {Promise<{ pid: number, end: () => Promise<void> }>} once both sockets are listened on
 */
const serve = (folder, print) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, ["serve", "--control-fd=3", "config.capnp"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", print);
    const ended = new Promise((done) => child.once("close", done));
    const end = async () => {
      child.kill("SIGKILL");
      await ended;
    };
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`workerd ended with ${code}`)));
    /** @type {Set<string>} */
    const listening = new Set();
    const control = /** @type {import("node:stream").Readable} */ (child.stdio[3]);
    createInterface(control).on("line", (line) => {
      const { event, socket } = JSON.parse(line);
      if (event === "listen") listening.add(socket);
      if (listening.size === 2) resolve({ pid: /** @type {number} */ (child.pid), end });
    });
  });
