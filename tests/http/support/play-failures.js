import { connectionCases, knownIn } from "./connection-cases.js";
import { serveFailures } from "./failing-servers.js";

const FULL = "a connection that is not made in time";

/** @typedef {{ name: string, expected: string, found: string }} Found */

/**
 * Sends to a real server the lead `{"visitor":{"phoneNumber":"3334445555"}}`.
 * @callback Send
 * @param {string} url
 * @param {{ timeoutMs: number, calls: number }} options `calls`: how often, one after the other, on one connection if it
 *   can be kept
 * @returns {Promise<string>} `answered`, or the `delivery` of the last call's error
 */

/**
 * @param {import("./failing-servers.js").Life} life
 * @param {string | number | undefined} fullPort
 * @param {import("./connection-cases.js").Sender} sender
 * @param {Send} send
 * @returns {Promise<Found[]>}
 */
export const playFailures = async (life, fullPort, sender, send) => {
  const { urls, heard } = await serveFailures(life, fullPort);
  const found = [];
  for (const one of connectionCases) {
    const { name } = one;
    const expected = knownIn(one, sender);
    // Its own deadline ends a call that nothing else ends. A connection is given up after ten seconds.
    const isEndless = name === "no response in time" || (name === FULL && expected !== "not_sent");
    const timeoutMs = isEndless ? 3000 : 30_000;
    const delivery = await send(urls[name] ?? "", { timeoutMs, calls: name.startsWith("a kept") ? 2 : 1 });
    found.push({
      name,
      expected,
      found: delivery === "not_sent" && heard.has(name) ? "not_sent, but heard" : delivery,
    });
  }
  return found;
};
