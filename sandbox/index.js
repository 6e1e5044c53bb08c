/**
 * Botsplash in a box, for demos, tests and development: all nine operations, with state, credentials,
 * faults, and a ledger of what would have happened to people. It answers like the published samples;
 * where the published description is silent, it makes a choice and says so in its source.
 * @module
 */
import { createCore } from "./core.js";
import { sandboxOf } from "./sandbox.js";

export { demoCredentials } from "./credentials.js";

/**
 * @typedef {import("./options.js").SandboxOptions} SandboxOptions
 * @typedef {import("./sandbox.js").Sandbox} Sandbox
 * @typedef {import("./credentials.js").SandboxCredential} SandboxCredential
 * @typedef {import("./faults.js").Fault} Fault
 * @typedef {import("./body.js").ReceivedPart} ReceivedPart
 * @typedef {import("./types.js").RequestRecord} RequestRecord
 * @typedef {import("./types.js").LedgerEntry} LedgerEntry
 * @typedef {import("./types.js").Text} Text
 * @typedef {import("./types.js").SandboxVisitor} SandboxVisitor
 * @typedef {import("./types.js").Submission} Submission
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").SequenceRun} SequenceRun
 * @typedef {import("./types.js").ActionRun} ActionRun
 * @typedef {import("./types.js").Meeting} Meeting
 * @typedef {import("./types.js").PhoneStatus} PhoneStatus
 * @typedef {import("./types.js").Upload} Upload
 */

/**
 * Makes a sandbox. It runs wherever fetch does, and keeps to itself: no network, no storage.
 *
 * ```js
 * const sandbox = createSandbox({ credentials: false });
 * const client = new Botsplash({ appId: "demo", fetch: sandbox.fetch });
 * await client.submitListener("welcome", { visitor: { phoneNumber: "3334445555" } });
 * sandbox.texts.length; // 1
 * ```
 * @param {SandboxOptions} [options]
 * @returns {Sandbox}
 */
export function createSandbox(options = {}) {
  return sandboxOf(createCore(options));
}
