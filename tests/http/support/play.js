import assert from "node:assert/strict";
import { isBotsplashError } from "./botsplash.js";
import { DEADLINE, takeClock } from "./clock.js";
import { connect } from "./failure.js";
import { serve } from "./scripted-server.js";

/**
 * @typedef {import("./outcome-cases.js").Outcome} Outcome
 * @typedef {import("./operation-cases.js").Operation} Operation
 * @typedef {import("../../../pkg/dist/index.js").ClientOptions} ClientOptions
 * @typedef {import("../../../pkg/dist/index.js").AttemptEvent} AttemptEvent
 *
 * @typedef {object} Played
 * @property {unknown} [value] What the call resolved with.
 * @property {import("./botsplash.js").BotsplashError} [error] What it rejected with.
 * @property {number} arrived How many requests reached the server.
 * @property {number} fetches How often `fetch` was called.
 * @property {{ status?: number, retryAfter: string | null }[]} answers What each fetch came to.
 * @property {AttemptEvent[]} events
 * @property {number[]} waits The long waits between the attempts.
 */

/**
 * Makes one call of the operation against a server that lets it end so.
 * @param {import("node:test").TestContext} t
 * @param {Outcome} outcome
 * @param {Operation} operation
 * @param {Partial<ClientOptions>} [options]
 * @returns {Promise<Played>}
 */
export async function play(t, outcome, operation, options) {
  const clock = takeClock();
  const controller = new AbortController();
  /** @param {Outcome["when"]} when */
  const reached = (when) => {
    if (outcome.when !== when) return;
    if (outcome.ends === "abort") controller.abort();
    else clock.pass();
  };

  const script = outcome.script.map((behave) => {
    /** @type {import("./scripted-server.js").Behavior} */
    const andTell = (response, received) => {
      behave(response, received);
      reached("arrived");
    };
    andTell.early = behave.early;
    return andTell;
  });
  const server = await serve(t, ...script);
  if (outcome.closed) await server.close();

  /** @type {Played["answers"]} */
  const answers = [];
  /** @type {AttemptEvent[]} */
  const events = [];
  const client = connect(server, {
    timeoutMs: DEADLINE,
    async fetch(...request) {
      const at = answers.push({ retryAfter: null }) - 1;
      const response = await fetch(...request);
      answers[at] = { status: response.status, retryAfter: response.headers.get("retry-after") };
      setImmediate(reached, "answered");
      return response;
    },
    onAttempt(event) {
      events.push(event);
      setImmediate(reached, "attempted");
    },
    ...options,
  });
  reached("before");
  const { value, error } = await operation
    .call(client, { signal: controller.signal })
    .then(
      (value) => ({ value, error: undefined }),
      (error) => ({ value: undefined, error }),
    )
    .finally(clock.giveBack);
  if (error !== undefined && !isBotsplashError(error)) throw error;
  assert.equal(clock.pending, 0, "a deadline outlived its call");
  return {
    value,
    error,
    arrived: server.received.length,
    fetches: answers.length,
    answers,
    events,
    waits: clock.waits,
  };
}
