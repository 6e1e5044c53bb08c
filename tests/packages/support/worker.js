import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sandboxFor, textedOnce } from "./sandbox.js";

/**
 * A Worker's development server, started, asked twice at the same time for the first time, and held to the sandbox's records.
 * @param {import("node:test").TestContext} t
 * @param {string} folder of its project
 * @param {() => Promise<string>} start gives its address
 */
export const submitsInWorker = async (t, folder, start) => {
  const server = await sandboxFor(t);
  const variables = Object.entries(server.env).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
  await writeFile(join(folder, ".dev.vars"), variables.join(""));
  const address = await start();
  const ask = async () => {
    const answer = await fetch(address, { signal: AbortSignal.timeout(60_000) });
    const body = await answer.text();
    assert.equal(answer.status, 200, body);
    return JSON.parse(body);
  };
  textedOnce(server.sandbox, await ask());
  // Workers keep no promise that another request is waiting for.
  server.sandbox.reset();
  await Promise.all([ask(), ask()]);
  assert.equal(server.sandbox.texts.length, 2);
};
