// Packages from the registry.
import { capture, Trouble } from "./run.js";

/** Far more than an installation needs. */
const TIMEOUT_MS = 5 * 60_000;

/** npm itself asks again where it gets no response, but not where a package breaks off in the middle. */
const TRIES = 2;

/**
 * @param {string[]} args of `npm install`
 * @param {{ cwd: string, env?: Record<string, string> }} options
 */
export const npmInstall = async (args, options) => {
  const all = ["install", ...args, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  let failed = { code: 0, output: "" };
  for (let tries = 0; tries < TRIES; tries += 1) {
    failed = await capture("npm", all, { ...options, timeoutMs: TIMEOUT_MS });
    if (failed.code === 0) return;
  }
  throw new Trouble(`npm ${all.join(" ")} failed (${failed.code}):\n${failed.output}`);
};
