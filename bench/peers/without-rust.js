// A submit on the JavaScript that the client is made of, with the rest written by hand in place of the Rust. The time
// that ours takes more is the cost of the way through WebAssembly.
import { drive, send, toJson, toObject } from "../../src/fetch/platform.js";
import { check, learn } from "../../src/js/check.js";

const STRING = 0,
  INTEGER = 2,
  OBJECT = 9,
  OPEN = 10;

/** @param {number} kind @param {Record<string, unknown>} fields none required @returns {unknown[]} as `TableWriter` writes it */
const form = (kind, fields) => [kind, ...Object.entries(fields).flatMap(([name, inner]) => [name, 0, inner])];

const texts = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, STRING]));

const submission = form(OBJECT, {
  visitor: form(OBJECT, {
    ...texts(["clientVisitorId", "agentClientUserId", "participantAgentIds", "teamCode", "firstName", "lastName"]),
    ...texts(["email", "phoneNumber", "state", "tzName"]),
    deliveryStatus: INTEGER,
    extendedAttributes: form(OPEN, {}),
  }),
  args: form(OPEN, texts(["message", "mediaUrl", "mediaKey"])),
});

/** @param {import("./contestant-setup.js").Setup} setup */
export const create = ({ baseUrl, appId, authorization, fetch }) => {
  learn(0, JSON.stringify(submission));
  const line = `POST ${baseUrl}/${encodeURIComponent(appId)}/listener/botsplash/`;
  const names = { Accept: "application/json", Authorization: authorization, "Content-Type": "application/json" };
  const headers = toObject(new Headers(names));
  return {
    submitListener: async (id, body) => {
      if (check(body, 0, false)) throw new Error("it does not fit");
      const attempt = send(
        undefined,
        30_000,
        fetch,
        line + encodeURIComponent(id),
        headers,
        toJson(body),
        undefined,
        undefined,
      );
      let polls = 0;
      return await drive({ poll: () => (polls++ === 0 ? attempt : attempt.value), free() {} });
    },
  };
};
