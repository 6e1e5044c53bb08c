import { mistaken, phones, submission, submitted, update, visitor } from "./samples.js";

/**
 * @typedef {object} Case
 * @property {(client: any) => Promise<unknown>} call
 * @property {number} [status] of the answer, 200 unless told
 * @property {unknown} answer
 * @property {string} [path] below the account's; none where nothing may be sent
 * @property {unknown} [body] what must arrive
 */

const refusal = { error: "bad_request", message: "The visitor has no phone number." };

/** @param {number} count @returns {Case} */
const phoneStatuses = (count) => {
  const body = phones(count);
  return {
    call: (client) => client.updatePhoneStatuses(body),
    answer: { success: true, count },
    path: "/phone/status",
    body,
  };
};

const submit = {
  call: (client) => client.submitListener("welcome", submission),
  answer: submitted,
  path: "/listener/botsplash/welcome",
  body: submission,
};

/** @type {Record<string, Case>} */
export const cases = {
  "listener submit, 12 fields": submit,
  "visitor update": {
    call: (client) => client.updateVisitor({ clientVisitorId: "12345" }, update),
    answer: visitor,
    path: "/visitor/clientVisitorId/12345",
    body: update,
  },
  "phone statuses, 10": phoneStatuses(10),
  "phone statuses, 1,000": phoneStatuses(1000),
  "phone statuses, 100,000": phoneStatuses(100_000),
  "an answer of 400": { ...submit, status: 400, answer: refusal },
  "a value of the wrong type": { call: (client) => client.submitListener("welcome", mistaken), answer: submitted },
};
