// The front's side of the way to an outbox.
import { answerIn } from "./answer.ts";
import { canonical, hash } from "./hash.ts";

/**
 * @param {import("./platform.ts").ObjectNamespace} namespace
 * @param {string} listenerId
 * @returns {import("./types.ts").Outbox} Every function rejects when the outbox cannot be reached, or fails.
 */
export const outboxOf = (namespace, listenerId) => {
  /** @param {string} action @param {unknown} [input] @returns {Promise<any>} */
  const ask = async (action, input = null) => {
    const object = namespace.get(namespace.idFromName(listenerId));
    const url = `https://outbox/${action}?listener=${encodeURIComponent(listenerId)}`;
    const answer = await object.fetch(url, { method: "POST", body: JSON.stringify(input) });
    if (!answer.ok) throw new Error(`The outbox failed (${answer.status}).`);
    return answerIn(answer);
  };
  return {
    find: async (lead) => (await ask("find", await hashed(lead))) ?? undefined,
    accept: async (lead) => ask("accept", await hashed(lead)),
    status: () => ask("status"),
    list: (query) => ask("list", query),
    resend: (ids) => ask("resend", ids),
    drop: (ids) => ask("drop", ids),
    resume: () => ask("resume"),
    sweep: () => ask("sweep"),
  };
};

/** @param {import("./types.ts").NewLead} lead @returns {Promise<import("./commands.ts").HashedLead>} */
const hashed = async ({ key, submission, ...lead }) => {
  const [keyHash, content] = await Promise.all([
    key === undefined ? undefined : hash(key),
    hash(canonical(submission)),
  ]);
  return { ...lead, key: keyHash, content, submission: JSON.stringify(submission) };
};
