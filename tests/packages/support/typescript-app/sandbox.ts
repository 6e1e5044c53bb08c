import { Botsplash } from "botsplash";
import type { Fault, Sandbox, SandboxOptions, Text } from "botsplash/sandbox";
import { createSandbox, demoCredentials } from "botsplash/sandbox";

const options: SandboxOptions = { appId: "acme", latencyMs: 0, now: () => 0 };
const sandbox: Sandbox = createSandbox(options);
export const client = new Botsplash({ appId: "acme", auth: demoCredentials[0], fetch: sandbox.fetch });
export const open = createSandbox({ credentials: false });

const fault: Fault = { operation: "submitListener", reset: true, when: "after" };
sandbox.fault(fault);
sandbox.fault({ status: 503, headers: { "Retry-After": "1" }, times: 2 });
export const texts: readonly Text[] = sandbox.texts;
export const received: string[] = sandbox.texts.map(({ to, text }) => `${to}: ${text}`);
sandbox.reset();

// @ts-expect-error There is no such moment.
sandbox.fault({ reset: true, when: "later" });
// @ts-expect-error It keeps `texts`.
export const messages = sandbox.textMessages;
// @ts-expect-error A credential is whole.
createSandbox({ credentials: [{ username: "demo" }] });
