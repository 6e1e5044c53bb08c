import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, beforeEach } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { at } from "../../scripts/lib/paths.js";
import { visitors } from "./visitors.js";

/** The first start may have to build the package. */
const START_MS = 300_000;
const END_MS = 60_000;

/** Starts the demo as a user does, and waits until it says where it is. */
export const startDemo = async () => {
  // A group of its own, so that it can be seen whether anything of it is left.
  const child = spawn(process.execPath, [at("scripts", "demo.js"), "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const pid = /** @type {number} */ (child.pid);
  const exited = once(child, "exit");
  /** @param {NodeJS.Signals | 0} signal @returns {boolean} whether there was anybody to hear it */
  const tell = (signal) => {
    try {
      return process.kill(-pid, signal);
    } catch {
      return false;
    }
  };

  const lines = createInterface(child.stdout);
  const late = setTimeout(() => tell("SIGKILL"), START_MS);
  let url = "";
  for await (const line of lines) {
    url = /http:\/\/\S+/.exec(line)?.[0] ?? "";
    if (url) break;
  }
  clearTimeout(late);
  if (!url) throw new Error("the demo ended without saying where it is");
  // Nobody reads on, and a full pipe would stop it.
  child.stdout.resume();

  return {
    url,
    /** @param {string} name what of the sandbox to see */
    sandbox: async (name) => (await fetch(new URL(`/_sandbox/${name}`, url))).json(),
    reset: () => fetch(new URL("/_sandbox/reset", url), { method: "POST" }),
    /** Does the same as Ctrl-C. @returns {Promise<{ code: number | null, left: boolean }>} */
    interrupt: async () => {
      const end = Date.now() + END_MS;
      tell("SIGINT");
      const late = setTimeout(() => tell("SIGKILL"), END_MS);
      const [code] = await exited;
      clearTimeout(late);
      // A process that lived by a pipe to it, such as a bundler's helper, ends a moment later.
      while (tell(0) && Date.now() < end) await sleep(20);
      return { code, left: tell(0) };
    },
    /** Ends whatever is left of it. */
    end: () => tell("SIGKILL"),
  };
};

/** The demo for the tests of a file, which each begin anew. @returns the demo while they run, and how to open its page */
export const runningDemo = () => {
  /** @type {Awaited<ReturnType<typeof startDemo>> | undefined} */
  let running;
  const demo = () => {
    if (!running) throw new Error("the demo has not been started");
    return running;
  };
  before(async () => {
    running = await startDemo();
  });
  after(() => running?.end());
  beforeEach(() => demo().reset());
  return { demo, open: visitors(() => demo().url) };
};
