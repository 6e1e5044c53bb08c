import { demoCredentials } from "./credentials.ts";

/**
 * @typedef {object} SandboxOptions
 * @property {string} [appId] The only account there is. Otherwise every appId is accepted.
 * @property {false | readonly import("./credentials.ts").SandboxCredential[]} [credentials] Who may
 *   call, {@link demoCredentials} unless given. `false`: everyone, with or without credentials.
 * @property {string} [basePath] What comes before `/{appId}`, `/open/v1` unless given. The origin
 *   never matters.
 * @property {() => number} [now] The clock, in milliseconds since 1970: `Date.now` unless given.
 * @property {number} [latencyMs] How long every answer takes, counted from the effect. None unless given.
 */

const DEFAULTS = { appId: undefined, credentials: demoCredentials, basePath: "/open/v1", now: Date.now, latencyMs: 0 };

/** @param {SandboxOptions} options */
export function readOptions(options) {
  for (const name of Object.keys(options)) {
    if (!(name in DEFAULTS)) {
      throw new TypeError(`createSandbox(): "${name}" is not one of ${Object.keys(DEFAULTS).join(", ")}`);
    }
  }
  const {
    appId,
    credentials = DEFAULTS.credentials,
    basePath = DEFAULTS.basePath,
    now = DEFAULTS.now,
    latencyMs = DEFAULTS.latencyMs,
  } = options;
  if (credentials !== false && !(Array.isArray(credentials) && credentials.every(isCredential))) {
    throw new TypeError("createSandbox(): credentials is false, or a list of { username, password } and { apiKey }");
  }
  if (!/^(\/[^/]+)*\/?$/.test(basePath)) throw new TypeError('createSandbox(): basePath looks like "/open/v1"');
  if (!(Number.isFinite(latencyMs) && latencyMs >= 0))
    throw new TypeError("createSandbox(): latencyMs is a number of milliseconds");
  return { appId, credentials, basePath: basePath.replace(/\/$/, ""), now, latencyMs };
}

/** @param {any} one */
function isCredential(one) {
  return typeof one?.apiKey === "string" || (typeof one?.username === "string" && typeof one?.password === "string");
}
