import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../../../scripts/lib/paths.js";
import { temporaryFolder } from "../../../scripts/lib/temporary-folder.js";
import { authority } from "../../http/support/certificates.js";
import { connectionCases } from "../../http/support/connection-cases.js";
import { fullServer } from "../../http/support/full-server.js";
import { succeed } from "../install.js";

/** The rows of tests/http/support/connection-cases.js, which a runtime plays as a program. */
const program = at("tests", "http", "support", "sockets-program.js");

/**
 * @param {import("node:test").TestContext} t
 * @param {string} command
 * @param {string[]} args before the program
 * @param {Record<string, string>} [env]
 */
export const knowsWhatWasSent = async (t, command, args, env) => {
  const ca = join(temporaryFolder(), "ca.pem");
  writeFileSync(ca, authority);
  const told = { NODE_EXTRA_CA_CERTS: ca, DENO_CERT: ca, FULL_PORT: String(await fullServer(t)) };
  const output = await succeed(command, [...args, program], at(), { ...told, ...env });
  /** @type {import("../../http/support/play-failures.js").Found[]} */
  const rows = JSON.parse(output.trim().split("\n").at(-1) ?? "");
  assert.equal(rows.length, connectionCases.length);
  for (const { name, expected, found } of rows) {
    await t.test(`${name}: ${expected}`, () => assert.equal(found, expected));
  }
};
