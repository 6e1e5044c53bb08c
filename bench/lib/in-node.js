import { fork } from "node:child_process";
import { inBench } from "./bench-paths.js";

/**
 * @typedef {object} Process
 * @property {(name: string, ...args: unknown[]) => Promise<any>} call a function that the module exports
 * @property {() => Promise<void>} close
 */

/**
 * A module in a process of its own.
 * @param {string} file
 * @param {string[]} [flags] for Node
 * @returns {Promise<Process>} once the module has run
 */
export const startNode = async (file, flags = []) => {
  const child = fork(inBench("lib", "in-node-child.js"), [file], { execArgv: flags, stdio: "inherit" });
  /** @returns {Promise<any>} */
  const next = () =>
    new Promise((resolve, reject) => {
      const ended = (/** @type {number} */ code) => reject(new Error(`the process of ${file} ended with ${code}`));
      child.once("exit", ended);
      child.once("message", (message) => {
        child.off("exit", ended);
        resolve(message);
      });
    });
  await next();
  return {
    async call(name, ...args) {
      child.send({ name, args });
      const { error, value } = await next();
      if (error) throw new Error(error);
      return value;
    },
    close: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
};
