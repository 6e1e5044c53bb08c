/**
 * Botsplash in a box, for demos, tests and development. It has all nine operations, with state,
 * credentials, faults, and a ledger of what would have happened to people. It answers like the
 * published samples; where the published description is silent, it makes a choice and says so in its
 * source.
 * @module
 */
import { createCore } from "./core.ts";
import type { SandboxOptions } from "./options.ts";
import { type Sandbox, sandboxOf } from "./sandbox.ts";

export type { ReceivedPart } from "./body.ts";
export { demoCredentials, type SandboxCredential } from "./credentials.ts";
export type { Fault } from "./faults.ts";
export type { SandboxOptions } from "./options.ts";
export type { Sandbox } from "./sandbox.ts";
export type {
  ActionRun,
  LedgerEntry,
  Meeting,
  Message,
  PhoneStatus,
  RequestRecord,
  SandboxVisitor,
  SequenceRun,
  Submission,
  Text,
  Upload,
} from "./types.ts";

/**
 * Makes a sandbox. It runs wherever fetch does, and keeps to itself: no network, no storage.
 *
 * ```js
 * const sandbox = createSandbox({ credentials: false });
 * const client = new Botsplash({ appId: "demo", fetch: sandbox.fetch });
 * await client.submitListener("welcome", { visitor: { phoneNumber: "3334445555" } });
 * sandbox.texts.length; // 1
 * ```
 *
 * @throws {TypeError} For an option that is not known or does not fit.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  return sandboxOf(createCore(options));
}
