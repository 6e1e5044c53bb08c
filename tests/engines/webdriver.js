// Any browser, through the W3C's WebDriver protocol over plain HTTP.
import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../../scripts/lib/ports.js";
import { env } from "../../scripts/lib/run.js";

const PATIENCE_MS = 60_000;

/** @typedef {Awaited<ReturnType<typeof open>>} Browser */

/**
 * Starts a driver and a browser, which end with the test.
 * @param {import("node:test").TestContext} test
 * @param {import("./browsers.js").Engine} engine
 */
export const open = async (test, { command, args, capabilities }) => {
  const port = await freePort();
  let log = "";
  const driver = spawn(command, [...args, `--port=${port}`], {
    env: env(),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  for (const stream of [driver.stdout, driver.stderr]) stream.setEncoding("utf8").on("data", (text) => (log += text));
  const ended = new Promise((resolve) => driver.once("close", resolve).once("error", resolve));
  /** @param {NodeJS.Signals} signal to the whole group: what the driver started does not outlive it */
  const end = (signal) => {
    try {
      if (driver.pid) process.kill(-driver.pid, signal);
    } catch {
      // It has ended by itself.
    }
  };

  /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  const ask = async (method, path, body) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const headers = { "content-type": "application/json" };
    const request = { method, headers, signal, body: body && JSON.stringify(body) };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, request);
    const { value } = /** @type {any} */ (await answer.json());
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };

  let close = async () => {}; // Only the driver can close what it opened.
  test.after(async () => {
    await close().catch(() => {});
    end("SIGTERM");
    await Promise.race([ended, wait(5000, undefined, { ref: false })]);
    end("SIGKILL");
  });
  try {
    await until(() => ask("GET", "/status").catch(() => false));
    const { sessionId, capabilities: got } = await ask("POST", "/session", {
      capabilities: { alwaysMatch: capabilities },
    });
    const session = `/session/${sessionId}`;
    close = () => ask("DELETE", session);
    return {
      /** @type {string} */
      version: got.browserVersion,
      /** @param {string} url */
      visit: (url) => ask("POST", `${session}/url`, { url }),
      /**
       * Runs a function in the page.
       * @template {unknown[]} Args
       * @template Result
       * @param {(...args: Args) => Result} script
       * @param {Args} args
       * @returns {Promise<Awaited<Result>>}
       */
      run: (script, ...args) =>
        ask("POST", `${session}/execute/sync`, { script: `return (${script})(...arguments)`, args }),
      back: () => ask("POST", `${session}/back`, {}),
      reload: () => ask("POST", `${session}/refresh`, {}),
      /** From now on, what is in the page's first frame. */
      enterFrame: () => ask("POST", `${session}/frame`, { id: 0 }),
      /** Types as a person would. @param {string} selector @param {string} text */
      type: async (selector, text) => {
        const element = await ask("POST", `${session}/element`, { using: "css selector", value: selector });
        await ask("POST", `${session}/element/${Object.values(element)[0]}/value`, { text });
      },
      /** Presses it as a person would. @param {string} selector */
      click: async (selector) => {
        const element = await ask("POST", `${session}/element`, { using: "css selector", value: selector });
        // WebKit's does not scroll to it by itself.
        const script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        await ask("POST", `${session}/execute/sync`, { script, args: [element] });
        await ask("POST", `${session}/element/${Object.values(element)[0]}/click`, {});
      },
    };
  } catch (cause) {
    throw new Error(`${command} gave no browser:\n${log}`, { cause });
  }
};

/**
 * @template Result
 * @param {() => Promise<Result>} look
 * @returns {Promise<Result>} the first that is something
 */
export const until = async (look) => {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > end) throw new Error(`it did not come within ${PATIENCE_MS} ms: ${look}`);
    await wait(50);
  }
};
