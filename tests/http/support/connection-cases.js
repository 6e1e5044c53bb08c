/**
 * How a connection can fail, and what each sender knows of it then. Real sockets hold it: play-failures.js plays each case.
 * The senders are Node (tests/http), Bun and Deno (tests/packages), the relay's own host (tests/relay/node), and the
 * crate's transport on reqwest (tests/examples).
 *
 * @typedef {"Node" | "Bun" | "Deno" | "relay" | "reqwest"} Sender
 *
 * @typedef {object} ConnectionCase
 * @property {string} name
 * @property {boolean} sent whether a request may have left
 * @property {Sender[]} [untold] the senders that do not tell it from a failure after the request
 */

/** @type {Record<Sender, string>} by their names in the table */
export const senders = {
  Node: "Node",
  Bun: "Bun",
  Deno: "Deno",
  relay: "the relay's own host",
  reqwest: "Rust, on reqwest",
};

/**
 * In Deno the first that may have been sent ends the proof for those after it.
 * @type {ConnectionCase[]}
 */
export const connectionCases = [
  { name: "a refused connection", sent: false },
  { name: "a refused connection of a name", sent: false },
  { name: "a name that does not exist", sent: false },
  { name: "a network without a route", sent: false },
  { name: "a certificate that nobody vouches for", sent: false },
  { name: "a certificate that has expired", sent: false },
  { name: "a certificate for another host", sent: false },
  // Bun says the same of TLS that breaks in the handshake and after the request.
  { name: "a TLS handshake that finds no cipher", sent: false, untold: ["Bun"] },
  { name: "a TLS handshake that finds no version", sent: false, untold: ["Bun"] },
  { name: "a TLS handshake that is closed", sent: false, untold: ["Bun"] },
  { name: "a TLS handshake that is reset", sent: false, untold: ["Node", "Bun"] },
  { name: "a TLS handshake with a server without TLS", sent: false, untold: ["Node", "Bun"] },
  // Bun and Deno wait for the system, which gives up after two minutes. The call's own deadline comes before that, and
  // nobody tells where it found the request.
  { name: "a connection that is not made in time", sent: false, untold: ["Bun", "Deno"] },
  // With TLS 1.3 the server says so when the request may be under way.
  { name: "a TLS server that wants the client's certificate", sent: true },
  { name: "a TLS connection that breaks after the request", sent: true },
  { name: "a connection that is closed after the request", sent: true },
  { name: "a connection that is reset after the request", sent: true },
  { name: "a response that is not HTTP", sent: true },
  { name: "a response that breaks off", sent: true },
  { name: "no response in time", sent: true },
  { name: "a kept connection that is closed", sent: true },
  { name: "a kept connection that is reset", sent: true },
];

/** @param {ConnectionCase} one @param {Sender} sender @returns {"not_sent" | "unknown"} */
export const knownIn = ({ sent, untold = [] }, sender) => (sent || untold.includes(sender) ? "unknown" : "not_sent");
