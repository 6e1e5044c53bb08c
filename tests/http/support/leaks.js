import assert from "node:assert/strict";
import { inspect } from "node:util";
import { bodyOf } from "./botsplash.js";

/**
 * @typedef {import("./botsplash.js").BotsplashError} BotsplashError
 * @typedef {import("../../../pkg/dist/index.js").Auth} Auth
 */

/**
 * Everything that a console, a logger or a crash reporter might print of a failure.
 * @param {unknown} error
 * @param {unknown[]} [events]
 */
export function printed(error, events = []) {
  const texts = [inspect(error, { depth: 10 }), String(error), JSON.stringify(error) ?? ""];
  for (const event of events) texts.push(inspect(event, { depth: 10, showHidden: true }), JSON.stringify(event));
  for (let one = /** @type {any} */ (error); one instanceof Error; one = one.cause) {
    texts.push(one.name, one.message, one.stack ?? "", inspect({ ...one }), Object.keys(one).join());
  }
  return texts.join("\n");
}

/** @param {BotsplashError} error the server's own words, which only who asks for them sees */
export const body = (error) => {
  const body = bodyOf(error);
  return typeof body === "string" ? body : (JSON.stringify(body) ?? "");
};

/** @param {string} text @param {string[]} needles */
export function assertWithout(text, needles) {
  for (const needle of needles) {
    const at = text.indexOf(needle);
    assert.equal(at, -1, `"${needle}" leaks: ${text.slice(Math.max(0, at - 80), at + needle.length + 20)}`);
  }
}

/**
 * The ways in which a credential's secret can be written.
 * @param {Auth} auth
 */
export function spellings(auth) {
  const secret = auth.password ?? auth.apiKey;
  const percent = encodeURIComponent(secret);
  const every = [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
  const json = JSON.stringify(secret).slice(1, -1);
  /** @param {RegExp} chars */
  const unicode = (chars) => json.replace(chars, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const pairs = auth.username === undefined ? [secret] : [secret, `${auth.username}:${secret}`];
  const base64 = pairs.flatMap((pair) => {
    const text = Buffer.from(pair).toString("base64");
    return [text, text.replace(/=+$/, ""), Buffer.from(pair).toString("base64url"), encodeURIComponent(text)];
  });
  return [
    secret,
    percent,
    lower(percent),
    every,
    lower(every),
    encodeURI(secret),
    percent.replaceAll("%20", "+"),
    json,
    json.replaceAll("/", "\\/"),
    unicode(/[^ -~]/g),
    unicode(/[<>&/]/g),
    ...base64,
  ];
}

/** @param {string} percent the same with its hexadecimal digits in lower case */
const lower = (percent) => percent.replace(/%../g, (code) => code.toLowerCase());
