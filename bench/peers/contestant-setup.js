// The setup of every contestant, where nothing is sent anywhere.

/**
 * @typedef {object} Setup
 * @property {string} baseUrl
 * @property {string} appId
 * @property {string} username
 * @property {string} password
 * @property {string} authorization the two as a header's value
 * @property {typeof fetch} fetch for those who take one; others call the global one
 */

export const setup = {
  baseUrl: "https://api.example.com/open/v1",
  appId: "acme",
  username: "acme-crm",
  password: "swordfish",
  authorization: `Basic ${btoa("acme-crm:swordfish")}`,
};

/**
 * A fetch in memory.
 *
 * Some hand over a URL and an init, from which a platform's fetch makes the Request. So does this
 * one, or they would be spared what the others pay for.
 * @param {(request: Request) => Promise<Response>} answer
 * @returns {typeof fetch} put in the place of the global one as well, for those who call that
 */
export const fetchOf = (answer) => {
  const fetch = (input, init) => answer(input instanceof Request ? input : new Request(input, init));
  // reqwest parses the answer's URL, which one that was made here has not.
  globalThis.fetch = async (request) => Object.defineProperty(await fetch(request), "url", { value: request.url });
  return fetch;
};
