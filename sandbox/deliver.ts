import { untilAborted } from "./wait.ts";

/**
 * @typedef {import("./faults.ts").Answer} Answer
 * @typedef {import("./faults.ts").Reply} Reply
 */

const NULL_BODY = [204, 205, 304];

/**
 * A reply as fetch would have it seen.
 * @param {Reply} reply
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<Response>}
 */
export async function deliver(reply, signal) {
  // What fetch says of a torn connection differs from runtime to runtime, but it is a TypeError.
  if (reply === "reset") throw new TypeError("fetch failed: the connection was reset");
  if (reply === "hang") return untilAborted(signal);
  const { status, headers } = reply;
  return new Response(NULL_BODY.includes(status) ? null : bodyOf(reply, signal), { status, headers });
}

/** @param {Answer} answer @param {AbortSignal | undefined} signal @returns {BodyInit} */
function bodyOf({ body, ends }, signal) {
  if (ends === "whole") return body;
  let sent = false;
  return new ReadableStream({
    async pull(controller) {
      if (!sent) {
        sent = true;
        return controller.enqueue(new TextEncoder().encode(body));
      }
      if (ends === "torn") throw new TypeError("terminated: the connection was reset");
      await untilAborted(signal);
    },
  });
}
