// The claims of the transport on reqwest about a request that failed: the rows that the package's own tests play, too.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { authority } from "../http/support/certificates.js";
import { fullServer } from "../http/support/full-server.js";
import { playFailures } from "../http/support/play-failures.js";

const program = at("target", "examples", "debug", "deliveries");

before(async () => {
  const { code, output } = await capture("cargo", ["build", "--package", "deliveries"], {
    cwd: at("examples", "rust"),
  });
  assert.equal(code, 0, output);
});

test("what each failed connection is known to have done", async (t) => {
  const ca = join(temporaryFolder(), "ca.pem");
  writeFileSync(ca, authority);
  const rows = await playFailures(t, await fullServer(t), "reqwest", async (url, { timeoutMs, calls }) => {
    const { code, output } = await capture(program, [url, String(timeoutMs), String(calls)], {
      env: { SSL_CERT_FILE: ca },
    });
    assert.equal(code, 0, output);
    return output.trim().split("\n").at(-1) ?? "";
  });
  for (const { name, expected, found } of rows) {
    await t.test(`${name}: ${expected}`, () => assert.equal(found, expected));
  }
});
