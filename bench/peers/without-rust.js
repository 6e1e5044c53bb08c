// A submit on the JavaScript that the client is made of, with the rest written by hand in place of the Rust. The time
// that ours takes more is the cost of the way through WebAssembly.
import { Attempt } from "../../pkg-template/src/attempt.ts";
import { END_JSON, FORM_INTEGER, FORM_OBJECT, FORM_OPEN, FORM_STRING } from "../../pkg-template/src/boundary.ts";
import { check } from "../../pkg-template/src/check.ts";
import { host } from "../../pkg-template/src/host.ts";

/** @param {number} kind @param {Record<string, unknown>} fields none required @returns {unknown[]} as Rust's tables have it */
const form = (kind, fields) => [kind, ...Object.entries(fields).flatMap(([name, inner]) => [name, 0, inner])];

const texts = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, FORM_STRING]));

const submission = form(FORM_OBJECT, {
  visitor: form(FORM_OBJECT, {
    ...texts(["clientVisitorId", "agentClientUserId", "participantAgentIds", "teamCode", "firstName", "lastName"]),
    ...texts(["email", "phoneNumber", "state", "tzName"]),
    deliveryStatus: FORM_INTEGER,
    extendedAttributes: form(FORM_OPEN, {}),
  }),
  args: form(FORM_OPEN, texts(["message", "mediaUrl", "mediaKey"])),
});

/** @param {import("./contestant-setup.js").Setup} setup */
export const create = ({ baseUrl, appId, authorization, fetch }) => {
  const base = `${baseUrl}/${encodeURIComponent(appId)}/listener/botsplash/`;
  const headers = { accept: "application/json", authorization, "content-type": "application/json" };
  return {
    submitListener: async (id, body) => {
      if (check(body, submission, "body")) throw new Error("it does not fit");
      const attempt = new Attempt(undefined, 30_000);
      const request = () => ({
        fetch,
        trustsConnectErrors: true,
        method: "POST",
        url: base + encodeURIComponent(id),
        headers,
        body: JSON.stringify(body),
      });
      void attempt.send(host, request);
      await attempt.ended;
      if (attempt.end !== END_JSON) throw new Error(`it ended with ${attempt.end}`);
      return attempt.value;
    },
  };
};
