import { spawn } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pkg } from "../../scripts/lib/paths.js";
import { reqwestFile } from "./peers.js";

/** @type {{ default: string }} the program itself; its wrapper in .bin lets nothing but three streams through */
const { default: program } = createRequire(import.meta.url)("workerd");

/** A Worker that serves a module's functions. */
const main = (/** @type {string} */ module) => `import * as functions from "${module}";
export default {
  async fetch(request) {
    const { name, args } = await request.json();
    try {
      return Response.json({ value: await functions[name](...args) });
    } catch (error) {
      return Response.json({ error: String(error?.stack ?? error) });
    }
  },
};
`;

/** The modules that a bundle may import, and where they are. */
const modules = { "botsplash.wasm?module": join(pkg, "dist", "botsplash.wasm"), "reqwest.wasm": reqwestFile(".wasm") };

/** @param {string} module @param {string[]} wasm names of modules */
const config = (module, wasm) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "worker", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "main.js", esModule = embed "main.js"),
    (name = "${module}", esModule = embed "${module}"),
    ${wasm.map((name) => `(name = "${name}", wasm = embed "${basename(name, "?module")}"),`).join("\n    ")}
  ],
  compatibilityDate = "2026-10-01",
);
`;

/**
 * A module in a Worker.
 * @param {string} file in a folder of its own
 * @returns {Promise<import("./in-node.js").Process>}
 */
export const startWorker = async (file) => {
  const folder = dirname(file);
  const script = readFileSync(file, "utf8");
  const wasm = Object.entries(modules).filter(([name]) => script.includes(name));
  for (const [name, path] of wasm) copyFileSync(path, join(folder, basename(name, "?module")));
  writeFileSync(join(folder, "main.js"), main(basename(file)));
  writeFileSync(
    join(folder, "config.capnp"),
    config(
      basename(file),
      wasm.map(([name]) => name),
    ),
  );

  const child = spawn(program, ["serve", "--control-fd=3", join(folder, "config.capnp")], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  /** @type {number} */
  const port = await new Promise((resolve, reject) => {
    child.once("close", (code) => reject(new Error(`workerd ended with ${code}`)));
    const control = /** @type {import("node:stream").Readable} */ (child.stdio[3]);
    createInterface(control).on("line", (line) => {
      const { event, port } = JSON.parse(line);
      if (event === "listen") resolve(port);
    });
  });
  return {
    call: (name, ...args) =>
      new Promise((resolve, reject) => {
        const sent = request({ host: "127.0.0.1", port, agent, method: "POST" }, async (response) => {
          let text = "";
          for await (const part of response.setEncoding("utf8")) text += part;
          const { error, value } = JSON.parse(text);
          if (error) reject(new Error(error));
          else resolve(value);
        });
        sent.on("error", reject);
        sent.end(JSON.stringify({ name, args }));
      }),
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        process.off("exit", end);
        child.once("close", () => resolve());
        end();
      }),
  };
};
