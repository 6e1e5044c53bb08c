import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { createContext, runInContext } from "node:vm";
import { consumer, installed, succeed } from "./install.js";
import { row } from "./support/row.js";

/** The globals of React Native that matter here: an app there has no WebAssembly. */
const reactNative = () => {
  let requests = 0;
  const context = createContext({
    navigator: { product: "ReactNative" },
    fetch: async () => {
      requests += 1;
      throw new TypeError("Network request failed");
    },
    ...{ AbortController, AbortSignal, console, performance, setTimeout, clearTimeout },
  });
  runInContext("delete globalThis.WebAssembly; globalThis.window = globalThis.global = globalThis", context);
  return { context, requested: () => requests };
};

test("Metro builds an app, which says on React Native what is missing there", async () => {
  const folder = await consumer("metro");
  await succeed("npm", ["run", "build"], folder);

  const { context, requested } = reactNative();
  runInContext(readFileSync(join(folder, "bundle.js"), "utf8"), context);
  assert.deepEqual(
    { ...(await context.answer) },
    {
      code: "configuration",
      delivery: "not_sent",
      hint: "React Native has no WebAssembly: call a server or relay of yours with plain fetch",
    },
  );
  assert.equal(requested(), 0);
  row({
    environment: "Metro, React Native",
    versions: installed(folder, "metro"),
    note: "builds and loads; each call rejects, since React Native has no WebAssembly",
  });
});
