/**
 * Botsplash in a box, for demos, tests and development: all nine operations, with state, credentials,
 * faults, and a ledger of what would have happened to people. It answers like the published samples;
 * where the published description is silent, it makes a choice and says so in its source.
 * @module
 */
import { createCore } from "./core.ts";
import { sandboxOf } from "./sandbox.ts";

export { demoCredentials } from "./credentials.ts";

/**
 * @typedef {import("./options.ts").SandboxOptions} SandboxOptions
 * @typedef {import("./sandbox.ts").Sandbox} Sandbox
 * @typedef {import("./credentials.ts").SandboxCredential} SandboxCredential
 * @typedef {import("./faults.ts").Fault} Fault
 * @typedef {import("./body.ts").ReceivedPart} ReceivedPart
 * @typedef {import("./types.ts").RequestRecord} RequestRecord
 * @typedef {import("./types.ts").LedgerEntry} LedgerEntry
 * @typedef {import("./types.ts").Text} Text
 * @typedef {import("./types.ts").SandboxVisitor} SandboxVisitor
 * @typedef {import("./types.ts").Submission} Submission
 * @typedef {import("./types.ts").Message} Message
 * @typedef {import("./types.ts").SequenceRun} SequenceRun
 * @typedef {import("./types.ts").ActionRun} ActionRun
 * @typedef {import("./types.ts").Meeting} Meeting
 * @typedef {import("./types.ts").PhoneStatus} PhoneStatus
 * @typedef {import("./types.ts").Upload} Upload
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
