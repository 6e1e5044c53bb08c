import { test } from "node:test";
import { createSandbox, demoCredentials } from "../../sandbox/index.ts";
import { startServer } from "../../sandbox/server.ts";
import { samples } from "./samples.js";

/**
 * @typedef {import("../../sandbox/index.ts").Sandbox} Sandbox
 * @typedef {import("../../sandbox/index.ts").SandboxOptions} SandboxOptions
 *
 * @typedef {object} Box A sandbox under test, and how to call it.
 * @property {"in process" | "over HTTP"} mode
 * @property {string} url The base URL.
 * @property {Sandbox} sandbox
 * @property {(path: string, init?: RequestInit) => Promise<Response>} send As fetch, relative to the base URL.
 * @property {(path: string, body: unknown, init?: RequestInit) => Promise<Response>} post Sends JSON, with the demo credentials.
 * @property {() => Promise<void>} close
 */

const [{ username, password }] = demoCredentials;
export const basic = `Basic ${btoa(`${username}:${password}`)}`;
export const json = { "Content-Type": "application/json", Accept: "application/json" };

/** The clock of the tests, at which the published sample's meeting lies in the future. */
export const now = Date.parse("2019-08-01T00:00:00Z");

/** @param {Box["mode"]} mode @param {SandboxOptions} [options] @returns {Promise<Box>} */
export async function open(mode, options) {
  const settings = { now: () => now, ...options };
  if (mode === "over HTTP") {
    const { sandbox, url, close } = await startServer(settings);
    return box({ mode, url, sandbox, fetch, close });
  }
  const sandbox = createSandbox(settings);
  return box({
    mode,
    url: `https://api.botsplash.com${options?.basePath ?? "/open/v1"}`,
    sandbox,
    fetch: sandbox.fetch,
    close: async () => {},
  });
}

/** @param {Omit<Box, "send" | "post"> & { fetch: Sandbox["fetch"] }} parts @returns {Box} */
function box({ fetch, ...rest }) {
  /** @type {Box["send"]} */
  const send = (path, init) => fetch(rest.url + path, { redirect: "manual", ...init });
  return {
    ...rest,
    send,
    post: (path, body, init) =>
      send(path, {
        method: "POST",
        body: JSON.stringify(body),
        ...init,
        headers: { ...json, Authorization: basic, ...init?.headers },
      }),
  };
}

/**
 * One test for the function and one for the server.
 * @param {string} name
 * @param {(box: Box) => Promise<void>} body
 * @param {SandboxOptions} [options]
 */
export function inBothModes(name, body, options) {
  for (const mode of /** @type {const} */ (["in process", "over HTTP"])) {
    test(`${name} (${mode})`, { timeout: 20_000 }, async (t) => {
      const box = await open(mode, options);
      t.after(box.close);
      await body(box);
    });
  }
}

/** Puts the published sample's visitor on file. @param {Box} box */
export async function submitJane({ post }) {
  const response = await post("/app/listener/botsplash/welcome", samples.listener);
  if (!response.ok) throw new Error(`the submit was refused: ${await response.text()}`);
}
