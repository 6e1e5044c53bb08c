import { spawn } from "node:child_process";
import { once } from "node:events";
import { env as tools } from "../../../scripts/lib/run.js";
import { quiet } from "./quiet.js";

const TIMEOUT_MS = 90_000;

/**
 * Starts a program that keeps running, and ends it and all that it has started with the test.
 * @param {import("node:test").TestContext} test
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string>, ready: RegExp }} options `ready`: what it prints when it is;
 *   its first group is the answer
 * @returns {Promise<string>}
 */
export const startProgram = async (test, command, args, { cwd, env, ready }) => {
  const child = spawn(command, args, {
    cwd,
    env: { ...tools(), ...quiet, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that it ends with all that it starts.
    detached: true,
  });
  const closed = once(child, "close").catch(() => {});
  test.after(async () => {
    try {
      process.kill(-(/** @type {number} */ (child.pid)), "SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await closed;
  });

  let output = "";
  // When any test of the file has failed, this is what one wants to read.
  process.once("exit", (code) => {
    if (code !== 0) console.log(`${command} ${args.join(" ")} printed:\n${output}`);
  });
  /** @type {string} */
  const address = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${command} is not ready:\n${output}`)), TIMEOUT_MS);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        const found = ready.exec(output);
        if (found) resolve(found[1]);
      });
    }
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`${command} ended with ${code}:\n${output}`)));
    test.after(() => clearTimeout(timer));
  });
  return address;
};
