import assert from "node:assert/strict";
import { Botsplash, BotsplashError, isBotsplashError } from "./botsplash.js";

/**
 * The `BotsplashError` that a promise rejects with; anything else fails the test.
 * @param {Promise<unknown>} promise
 * @returns {Promise<BotsplashError>}
 */
export async function failure(promise) {
  const error = await promise.then(
    () => assert.fail("it should have failed"),
    (/** @type {unknown} */ reason) => reason,
  );
  if (!isBotsplashError(error)) throw error;
  assert.ok(error instanceof BotsplashError && error instanceof Error);
  assert.equal(error.name, "BotsplashError");
  assert.ok(Array.isArray(error.attempts));
  return error;
}

/**
 * A client without credentials, unless they are among the options.
 * @param {{ url: string }} server
 * @param {Partial<import("../../../pkg/dist/index.js").ClientOptions>} [options]
 */
export const connect = ({ url }, options) => new Botsplash({ appId: "acme", baseUrl: url, ...options });
