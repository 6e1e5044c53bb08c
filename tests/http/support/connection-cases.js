/**
 * How a connection can fail, and what each runtime lets one know of it. Real sockets hold it: sockets.js plays each case in
 * Node (tests/http), Bun and Deno (tests/packages).
 *
 * @typedef {"Node" | "Bun" | "Deno"} Runtime
 *
 * @typedef {object} ConnectionCase
 * @property {string} name
 * @property {boolean} sent whether a request may have left
 * @property {Runtime[]} [untold] the runtimes that do not tell it from a failure after the request
 */

/** @type {Runtime[]} */
export const runtimes = ["Node", "Bun", "Deno"];

/** @type {ConnectionCase[]} */
export const connectionCases = [
  { name: "a refused connection", sent: false },
  { name: "a refused connection of a name", sent: false },
  { name: "a name that does not exist", sent: false },
  { name: "a certificate that nobody vouches for", sent: false },
  { name: "a TLS handshake that finds no cipher", sent: false },
  { name: "a TLS handshake that finds no version", sent: false },
  { name: "a TLS handshake that is closed", sent: false, untold: ["Bun"] },
  { name: "a TLS handshake that is reset", sent: false, untold: ["Node", "Bun"] },
  { name: "a TLS handshake with a server without TLS", sent: false, untold: ["Node"] },
  { name: "a connection that is closed after the request", sent: true },
  { name: "a connection that is reset after the request", sent: true },
  { name: "a response that is not HTTP", sent: true },
  { name: "a response that breaks off", sent: true },
  { name: "no response in time", sent: true },
  { name: "a kept connection that is closed", sent: true },
  { name: "a kept connection that is reset", sent: true },
];

/** @param {ConnectionCase} one @param {Runtime} runtime @returns {"not_sent" | "unknown"} */
export const knownIn = ({ sent, untold = [] }, runtime) => (sent || untold.includes(runtime) ? "unknown" : "not_sent");
