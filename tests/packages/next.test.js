import assert from "node:assert/strict";
import test from "node:test";
import { consumer, succeed } from "./install.js";
import { versionsOf } from "./support/bundler.js";
import { submitsInChromium, visitInChromium } from "./support/chromium.js";
import { startProgram } from "./support/program.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";

// Once is some 33,000 bytes, as with every bundler; twice would be more than this.
const MOST_BYTES = 40_000;

const modes = [
  { mode: "development", start: "dev" },
  { mode: "built by webpack", build: "build:webpack", start: "start" },
  { mode: "built by Turbopack", build: "build", start: "start" },
];

test("Next.js", async (t) => {
  const folder = await consumer("next");
  /** @type {Record<string, string[]>} the modes in which each part has passed */
  const passed = {};
  let appBytes = 0;
  let deprecation = "";

  for (const { mode, build, start } of modes) {
    await t.test(mode, async (t) => {
      if (build) {
        const output = await succeed("npm", ["run", build], folder);
        if (/Edge Runtime is deprecated/.test(output))
          deprecation = "; Next.js says that its edge runtime is deprecated";
      }
      const { sandbox, env } = await sandboxFor(t);
      const address = await startProgram(t, "npm", ["run", start, "--", "--port", "0"], {
        cwd: folder,
        env,
        ready: /Local:\s+(http:\S+)/,
      });
      /** @param {string} path @param {string} [method] */
      const ask = async (path, method) => {
        const answer = await fetch(address + path, { method, signal: AbortSignal.timeout(60_000) });
        const body = await answer.text();
        assert.equal(answer.status, 200, body);
        return body;
      };
      /** @param {string} part @param {(t: import("node:test").TestContext) => Promise<void>} prove */
      const proves = (part, prove) =>
        t.test(`the ${part} submits once`, async (t) => {
          sandbox.reset();
          await prove(t);
          (passed[part] ??= []).push(mode);
        });

      await proves("client component", async (t) => {
        ({ appBytes } = await submitsInChromium(t, `${address}/client`));
        if (!build) return;
        const { appBytes: without } = await visitInChromium(t, `${address}/bare`);
        assert.ok(appBytes - without < MOST_BYTES, `the client adds ${appBytes - without} bytes`);
      });
      await proves("server component", async () => {
        const [, json = ""] = /<output>(.*?)<\/output>/.exec(await ask("/server")) ?? [];
        textedOnce(sandbox, JSON.parse(json.replaceAll("&quot;", '"')));
      });
      await proves("server action", async (t) => {
        const { text } = await visitInChromium(t, `${address}/action`);
        textedOnce(sandbox, JSON.parse(text));
      });
      await t.test("a server action that fails tells the page its delivery", async (t) => {
        sandbox.reset();
        sandbox.fault({ operation: "submitListener", reset: true, when: "after" });
        const { text } = await visitInChromium(t, `${address}/action`);
        assert.deepEqual(JSON.parse(text), { success: false, code: "network", delivery: "unknown" });
      });
      await proves("Node route handler", async () => {
        const { runtime, ...answer } = JSON.parse(await ask("/node", "POST"));
        assert.equal(runtime, undefined);
        textedOnce(sandbox, answer);
      });
      await proves("edge route handler", async () => {
        const { runtime, ...answer } = JSON.parse(await ask("/edge", "POST"));
        assert.equal(runtime, "edge-runtime");
        textedOnce(sandbox, answer);
      });
    });
  }

  const versions = versionsOf(folder);
  const everywhere = modes.map(({ mode }) => mode).join(", ");
  for (const [part, where] of Object.entries(passed)) {
    if (where.length < modes.length) continue;
    const environment = `Next.js, ${part}`;
    if (part === "edge route handler") row({ environment, versions, note: everywhere + deprecation });
    else if (part !== "client component") row({ environment, versions, note: everywhere });
    else row({ environment, versions, appBytes, note: `${everywhere}; most of the bytes are Next.js and React` });
  }
});
