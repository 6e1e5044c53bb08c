import assert from "node:assert/strict";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { newestNode } from "../../../scripts/lib/nodes.js";
import { at } from "../../../scripts/lib/paths.js";
import { freePort } from "../../../scripts/lib/ports.js";
import { consumer, succeed } from "../install.js";
import { versionsOf } from "./bundler.js";
import { submitsInChromium } from "./chromium.js";
import { startProgram } from "./program.js";
import { row } from "./row.js";
import { sandboxFor, textedOnce } from "./sandbox.js";

/** What each framework's project imports, on the server and in the page. */
const app = at("tests", "packages", "support", "framework-app");

/** Where a server says that it listens. */
const READY = /(http:\/\/(?:127\.0\.0\.1|localhost|0\.0\.0\.0|\[::1?\]):\d+)/;

/**
 * @param {string} project
 * @returns {Promise<string>} the folder where it is installed, with what it imports
 */
export const frameworkProject = async (project) => {
  const folder = await consumer(project);
  await cp(app, folder, { recursive: true, force: false });
  return folder;
};

/** @typedef {{ mode: string, build?: string, start: string }} Mode scripts of the project: what makes it, what serves it at `$PORT` */

/** @type {Mode[]} */
const usual = [
  { mode: "development", start: "dev" },
  { mode: "built", build: "build", start: "start" },
];

/**
 * A project whose server submits for `POST /lead`, and whose first page submits when its button is pressed.
 * @param {string} name as the README's table names it
 * @param {string} project its folder
 * @param {{ modes?: Mode[], more?: (t: import("node:test").TestContext, folder: string, env: Record<string, string>) => Promise<void> }} [parts]
 */
export const testFramework = (name, project, { modes = usual, more } = {}) =>
  test(name, async (t) => {
    const { env: node } = await newestNode();
    const folder = await frameworkProject(project);
    /** @type {Record<string, string[]>} the modes in which each part has passed */
    const passed = { server: [], page: [] };
    let appBytes = 0;

    for (const { mode, build, start } of modes) {
      await t.test(mode, async (t) => {
        if (build) await succeed("npm", ["run", build], folder, node);
        const { sandbox, env } = await sandboxFor(t);
        // A Worker has no process.env to inherit.
        const variables = Object.entries(env).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
        if (start === "start:edge") await writeFile(join(folder, ".output", "server", ".dev.vars"), variables.join(""));
        const address = await startProgram(t, "npm", ["run", start], {
          cwd: folder,
          env: { ...node, ...env, HOST: "127.0.0.1", PORT: String(await freePort()) },
          ready: READY,
        });
        await t.test("the server submits once", async () => {
          const answer = await fetch(`${address}/lead`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ phoneNumber: "3334445555" }),
            signal: AbortSignal.timeout(60_000),
          });
          const body = await answer.text();
          assert.equal(answer.status, 200, body);
          textedOnce(sandbox, JSON.parse(body));
          passed.server.push(mode);
        });
        await t.test("the page submits once", async (t) => {
          ({ appBytes } = await submitsInChromium(t, `${address}/`));
          passed.page.push(mode);
        });
      });
    }
    await more?.(t, folder, node);

    const note = modes.map(({ mode }) => mode).join(", ");
    const versions = versionsOf(folder);
    if (passed.server.length === modes.length) row({ environment: `${name}, server`, versions, note });
    if (passed.page.length === modes.length) {
      row({ environment: `${name}, page`, versions, appBytes, note: `${note}; the bytes are the framework's, too` });
    }
  });
