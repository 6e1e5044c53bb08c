import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { at, root, tools } from "./paths.js";

/** The environment of the programs we start: our own tools before the machine's. */
export const env = () => ({
  ...process.env,
  PATH: [join(tools, "bin"), at("node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter),
});

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** @param {import("node:child_process").ChildProcess} child ended with all that it has started */
const end = ({ pid }) => {
  try {
    if (pid) process.kill(-pid, "SIGTERM");
  } catch {
    // It has just ended by itself.
  }
};

/**
 * Ends the script when it is asked to, after its children.
 * @param {number} code
 * @param {() => Promise<unknown>} [farewell] given half a second
 */
export const endOnSignal = (code, farewell = async () => {}) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.removeAllListeners(signal);
    process.once(signal, async () => {
      running.forEach(end);
      await Promise.race([farewell(), new Promise((resolve) => setTimeout(resolve, 500))]);
      process.exit(code);
    });
  }
};

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Record<string, string>} [env] beside what we see ourselves
 * @property {number} [timeoutMs] when to give up on it
 * @property {number[]} [fine] the exit statuses of a success; 0 alone if missing
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} options
 * @param {"pipe" | "inherit"} output
 */
const start = (command, args, options, output) => {
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: { ...env(), ...options.env },
    stdio: ["ignore", output, output],
    // A group of its own, so that it can be ended with all that it starts.
    detached: true,
  });
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
};

/**
 * Runs a program to its end and keeps what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} `code` is -1 where the program could not be started
 */
export const capture = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = start(command, args, options, "pipe");
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    const timer = options.timeoutMs && setTimeout(() => end(child), options.timeoutMs);
    /** @param {number} code @param {string} text */
    const done = (code, text) => {
      clearTimeout(timer || undefined);
      resolve({ code, output: text });
    };
    child.on("error", (error) => done(-1, error.message));
    child.on("close", (code, signal) =>
      done(code ?? -1, signal ? `${output}\nThe signal ${signal} ended it.` : output),
    );
  });

/**
 * Runs a program in front of the user; a failure ends the script with a plain message.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<void>}
 */
export const show = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = start(command, args, options, "inherit");
    const timer = options.timeoutMs && setTimeout(() => end(child), options.timeoutMs);
    child.on("error", (error) => reject(new Trouble(`${command} did not start: ${error.message}`)));
    child.on("close", (code) => {
      clearTimeout(timer || undefined);
      if ((options.fine ?? [0]).includes(code ?? -1)) return resolve();
      reject(new Trouble(`This command failed with exit status ${code}: ${command} ${args.join(" ")}`));
    });
  });

/** A failure that its message explains: shown without a stack. */
export class Trouble extends Error {}

/**
 * Runs a script's main function when the script is what Node was started with.
 * @param {ImportMeta} meta
 * @param {() => Promise<unknown>} main
 */
export const runAsScript = async (meta, main) => {
  if (!process.argv[1] || realpathSync(process.argv[1]) !== fileURLToPath(meta.url)) return;
  endOnSignal(130);
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Trouble ? error.message : error);
    process.exitCode = 1;
  }
};
