// What every contestant is set up with, where nothing is sent anywhere.

export const setup = {
  baseUrl: "https://api.example.com/open/v1",
  appId: "acme",
  username: "acme-crm",
  password: "swordfish",
  authorization: `Basic ${btoa("acme-crm:swordfish")}`,
};

/**
 * reqwest parses the answer's URL, which one that was made here has not.
 * @param {(request: Request) => Promise<Response>} fetch
 */
export const withUrl = (fetch) => async (request) =>
  Object.defineProperty(await fetch(request), "url", { value: request.url });
