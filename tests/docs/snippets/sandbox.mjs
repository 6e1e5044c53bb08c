import { Botsplash } from "botsplash";
import { createSandbox, demoCredentials } from "botsplash/sandbox";

const submission = {
  visitor: { firstName: "Jane", phoneNumber: "3334445555" },
  args: { message: "Welcome!" },
};
const sandbox = createSandbox();
const client = new Botsplash({ appId: "acme", auth: demoCredentials[0], fetch: sandbox.fetch });

// The server acts, and the connection breaks before the response arrives.
sandbox.fault({ operation: "submitListener", reset: true, when: "after" });
const outcome = await client.submitListener("welcome", submission).catch((error) => error.delivery);

console.log(outcome); // "unknown"
console.log(sandbox.texts.length); // 1: the person was texted all the same
