import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { at, root, tools } from "./paths.js";

/** What the programs we start see: our own tools before the machine's. */
export const env = () => ({
  ...process.env,
  PATH: [join(tools, "bin"), at("node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter),
});

/**
 * Runs a program to its end and keeps what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<{ code: number, output: string }>} `code` is -1 where the program could not be started
 */
export const capture = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...env(), ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    /** @param {Buffer} data */
    const keep = (data) => {
      output += data;
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ code: -1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? -1, output }));
  });

/**
 * Runs a program in front of the user; a failure ends the script with a plain message.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<void>}
 */
export const show = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...env(), ...options.env },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", (error) => reject(new Trouble(`${command} did not start: ${error.message}`)));
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Trouble(`This failed (exit ${code}): ${command} ${args.join(" ")}`)),
    );
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
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Trouble ? error.message : error);
    process.exitCode = 1;
  }
};
