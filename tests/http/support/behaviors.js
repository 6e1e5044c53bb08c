// A server's behaviors toward a request.

/** @typedef {import("./scripted-server.js").Behavior} Behavior */

const OBJECT = '{"success":true,"requestId":"123e4567-e89b-12d3-a456-426614174000"}';
const JSON_TYPE = { "content-type": "application/json" };

/**
 * @param {number} status
 * @param {string} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Behavior}
 */
export const answer =
  (status, body = OBJECT, headers = JSON_TYPE) =>
  (response) => {
    response.writeHead(status, headers).end([204, 205, 304].includes(status) ? undefined : body);
  };

/** @param {number} status @param {string} retryAfter */
export const later = (status, retryAfter) => answer(status, OBJECT, { ...JSON_TYPE, "retry-after": retryAfter });

/** Tears the connection when the whole request is there. @type {Behavior} */
export const reset = (response) => void response.socket?.resetAndDestroy();

/** Tears the connection before the request could have had an effect. @type {Behavior} */
export const resetBefore = Object.assign(reset.bind(undefined), { early: /** @type {const} */ (true) });

/** Sends the head and half of the body, then tears the connection. @param {number} status @returns {Behavior} */
export const torn = (status) => (response) => half(response, status, () => response.socket?.resetAndDestroy());

/** Sends the head and half of the body, then nothing more. @param {number} status @returns {Behavior} */
export const stuck = (status) => (response) => half(response, status);

/** Never answers. @type {Behavior} */
export const hang = () => {};

/** @param {import("./scripted-server.js").Response} response @param {number} status @param {() => void} [sent] */
const half = (response, status, sent) => {
  response.writeHead(status, { ...JSON_TYPE, "content-length": OBJECT.length });
  response.write(OBJECT.slice(0, 20), sent);
};
