// The Rust Worker, in workerd, against a sandbox and its record.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { startWorkerd } from "../../scripts/lib/workerd.js";
import { row } from "../packages/support/row.js";
import { sandboxFor } from "../packages/support/sandbox.js";
import { buildForWeb, versions } from "./support.js";

/** @param {string} folder @returns {string} what worker-build writes around the module, as far as this Worker needs it */
const source = (folder) => `
  import { fetch as handle, initSync } from ${JSON.stringify(join(folder, "app.js"))};
  import module from "app_bg.wasm?module";
  initSync({ module });
  export default { fetch: handle };`;

test("the Rust Worker submits a lead for each request, two of them first at the same time", async (t) => {
  const folder = temporaryFolder();
  const appBytes = await buildForWeb("worker-form", folder);
  const { sandbox, env, close } = await sandboxFor(t);
  const wasm = join(folder, "app_bg.wasm");
  const worker = await startWorkerd({ source: source(folder), wasm, env, objects: {} });
  t.after(worker.stop);
  const post = async () => {
    const body = JSON.stringify({ firstName: "Jane", phoneNumber: "3334445555" });
    const answer = await fetch(worker.url, { method: "POST", body });
    return { status: answer.status, text: await answer.text() };
  };

  for (const { status, text } of await Promise.all([post(), post()])) {
    assert.equal(status, 200, text + worker.output);
    assert.equal(JSON.parse(text).success, true);
  }
  assert.equal((await post()).status, 200);
  assert.deepEqual(
    sandbox.submissions.map(({ visitor }) => visitor.phoneNumber),
    ["3334445555", "3334445555", "3334445555"],
  );

  await close();
  const lost = await post();
  assert.equal(lost.status, 202, lost.text);
  assert.doesNotMatch(lost.text, new RegExp(`3334445555|${env.API_PASSWORD}`));

  const { version } = createRequire(import.meta.url)("workerd/package.json");
  row({
    language: "Rust",
    environment: "`wasm32-unknown-unknown`: workers-rs, a Worker",
    versions: { ...(await versions("worker", "wasm-bindgen")), workerd: version },
    appBytes,
    note: "run in workerd, against the sandbox",
  });
});
