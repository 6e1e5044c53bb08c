import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { answer } from "./behaviors.js";
import { connect, failure } from "./failure.js";
import { submitted } from "./operation-cases.js";
import { serve } from "./scripted-server.js";

/**
 * @typedef {import("./botsplash.js").Botsplash} Client
 * @typedef {import("./botsplash.js").BotsplashError} BotsplashError
 * @typedef {import("../../../pkg/dist/index.js").ClientOptions} ClientOptions
 */

/**
 * A client that must work after whatever was done to it.
 * @param {import("node:test").TestContext} t
 * @param {Partial<ClientOptions>} [options]
 */
export async function survivor(t, options) {
  const server = await serve(t, answer(200, submitted));
  const client = connect(server, options);
  /** @type {unknown[]} */
  const loose = [];
  /** @param {unknown} reason */
  const note = (reason) => void loose.push(reason);
  process.on("unhandledRejection", note).on("uncaughtException", note);
  t.after(() => process.off("unhandledRejection", note).off("uncaughtException", note));

  return {
    server,
    /** The client, under whose types nothing hostile would compile. */
    client: /** @type {any} */ (client),

    /** The same client makes a call like any other, and nothing went astray meanwhile. */
    async works() {
      const before = server.received.length;
      await client.sendMessage({ text: "Hello" });
      assert.equal(server.received.length, before + 1);
      assert.equal(server.received.at(-1)?.body.toString(), '{"text":"Hello"}');
      await turn();
      assert.deepEqual(loose, []);
    },

    /**
     * The error of a call that was refused before anything was sent.
     * @param {Promise<unknown>} promise
     * @param {{ code?: string, field?: string | RegExp, says?: RegExp, what?: string }} expected
     */
    async refuses(promise, { code = "validation", field, says, what }) {
      const before = server.received.length;
      const error = await failure(promise);
      assert.deepEqual(
        [error.code, error.delivery, error.attempts],
        [code, "not_sent", []],
        `${what}: ${error.message}`,
      );
      assert.equal(server.received.length, before);
      if (field instanceof RegExp) assert.match(error.field ?? "", field, what);
      else if (field !== undefined) assert.equal(error.field, field, what);
      if (says) assert.match(error.message, says, what);
      assert.match(error.message, /\w.{12,}/, "a message for people");
      assert.doesNotMatch(error.message, /undefined: |unreachable|wasm|JsValue|Some\(|RuntimeError/);
      if (code === "validation") assert.ok(error.operation && error.message.includes(error.operation));
      return error;
    },
  };
}

/** @returns {never} */
const thrower = () => {
  throw new Error("hostile");
};

/** A Proxy that throws at each of these. @param {object} target @param {...string} traps */
export const hostileProxy = (target, ...traps) =>
  new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, thrower])));

const TRAPS = [
  "get",
  "set",
  "has",
  "ownKeys",
  "getOwnPropertyDescriptor",
  "defineProperty",
  "deleteProperty",
  "getPrototypeOf",
  "setPrototypeOf",
  "isExtensible",
  "preventExtensions",
  "apply",
  "construct",
];

/** @param {object} [target] */
export const allHostile = (target = {}) => hostileProxy(target, ...TRAPS);

/** @param {object} [target] */
export const revoked = (target = {}) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

/** @param {object} target @param {string} name @returns {any} the object, with a getter that throws */
export const trapped = (target, name) => Object.defineProperty(target, name, { get: thrower, enumerable: true });
