// Runs the command as a user does: the built one, in a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pkg } from "../../scripts/lib/paths.js";

/** Longer than the processes of any of them take on a busy machine. */
export const limits = { timeout: 90_000 };

/**
 * @typedef {object} Settings
 * @property {string | Uint8Array} [input] What standard input holds; nothing unless given.
 * @property {Record<string, string>} [env] Beside a `PATH`.
 * @property {string} [cwd]
 *
 * @typedef {{ code: number | null, stdout: string, stderr: string }} Ended
 */

/**
 * Starts `botsplash ...args`.
 * @param {import("node:test").TestContext} t
 * @param {readonly string[]} args
 * @param {Settings} [settings]
 */
export function start(t, args, { env = {}, cwd } = {}) {
  const child = spawn(process.execPath, [join(pkg, "dist", "command", "main.js"), ...args], {
    env: { PATH: process.env.PATH, ...env },
    ...(cwd !== undefined && { cwd }),
  });
  // Else a command that ends without reading its input would end the test.
  child.stdin.on("error", () => {});
  t.after(() => child.kill("SIGKILL"));
  return child;
}

/**
 * Runs `botsplash ...args` to its end.
 * @param {import("node:test").TestContext} t
 * @param {readonly string[]} args
 * @param {Settings} [settings]
 * @returns {Promise<Ended>}
 */
export async function run(t, args, settings = {}) {
  const child = start(t, args, settings);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk) => (stderr += chunk));
  child.stdin.end(settings.input);
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

/**
 * The first match in what a running command prints.
 * @param {import("node:child_process").ChildProcessWithoutNullStreams} child
 * @param {RegExp} pattern
 * @returns {Promise<string>}
 */
export async function printed(child, pattern) {
  for await (const line of createInterface(child.stdout)) {
    const [found] = pattern.exec(line) ?? [];
    if (found !== undefined) return found;
  }
  throw new Error(`the command ended without printing ${pattern}`);
}
