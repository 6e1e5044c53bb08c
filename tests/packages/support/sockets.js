import assert from "node:assert/strict";
import { at } from "../../../scripts/lib/paths.js";
import { connectionCases } from "../../http/support/connection-cases.js";
import { succeed } from "../install.js";

/** The rows of tests/http/not-sent.test.js, which a runtime plays as a program. */
const program = at("tests", "http", "support", "sockets-program.js");

/**
 * @param {import("node:test").TestContext} t
 * @param {string} command
 * @param {string[]} args before the program
 * @param {Record<string, string>} [env]
 */
export const knowsWhatWasSent = async (t, command, args, env) => {
  const output = await succeed(command, [...args, program], at(), env);
  /** @type {import("../../http/support/sockets.js").Found[]} */
  const rows = JSON.parse(output.trim().split("\n").at(-1) ?? "");
  assert.equal(rows.length, connectionCases.length);
  for (const { name, expected, found } of rows) {
    await t.test(`${name}: ${expected}`, () => assert.equal(found, expected));
  }
};
