import assert from "node:assert/strict";
import { demoCredentials } from "../../../sandbox/index.ts";
import { startServer } from "../../../sandbox/server.ts";

/** @typedef {import("../../../sandbox/index.ts").Sandbox} Sandbox */

/**
 * A sandbox behind HTTP that wants credentials, and the environment variables that consumers read.
 * @param {import("node:test").TestContext} test
 */
export const sandboxFor = async (test) => {
  const server = await startServer();
  test.after(server.close);
  const [{ username, password }] = demoCredentials;
  return { ...server, env: { API_URL: server.url, API_USERNAME: username, API_PASSWORD: password } };
};

/**
 * The proof that a consumer's call was real: the sandbox did what it was asked for, once, and the
 * consumer has the answer to just that request.
 * @param {Sandbox} sandbox
 * @param {any} answer what the consumer printed
 */
export const textedOnce = (sandbox, answer) => {
  assert.deepEqual(sandbox.texts, [{ to: "3334445555", text: "Welcome!", by: "submitListener" }]);
  assert.equal(sandbox.requests.length, 1);
  assert.equal(answer?.success, true);
  assert.equal(answer.requestId, sandbox.submissions[0].requestId);
};
