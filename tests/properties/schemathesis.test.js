// Somebody else's tester makes requests of openapi.json, good and bad, and judges what the sandbox answers.
import assert from "node:assert/strict";
import test from "node:test";
import { demoCredentials } from "../../sandbox/index.ts";
import { startServer } from "../../sandbox/server.ts";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { schemathesis } from "../../scripts/setup.js";

test("schemathesis finds nothing in the sandbox that openapi.json does not say", async (t) => {
  const program = await schemathesis();
  if (!program) return t.skip("schemathesis needs Python 3.10 or later with venv and pip, which are not at hand");
  const server = await startServer();
  t.after(server.close);
  // It leaves a folder of its cases where it runs.
  const folder = temporaryFolder();
  const [{ username, password }] = demoCredentials;
  const { code, output } = await capture(
    program,
    [
      ...["--config-file", at("tests", "properties", "schemathesis.toml")],
      ...["run", at("openapi.json"), "--url", server.url, "--auth", `${username}:${password}`],
      ...["--phases", "examples,coverage,fuzzing", "--max-examples", "40", "--generation-deterministic", "--no-color"],
    ],
    { cwd: folder },
  );
  assert.equal(code, 0, output);
  assert.ok(server.sandbox.requests.length > 300, output);
});
