import { Botsplash, isBotsplashError } from "botsplash";
import { createSandbox, demoCredentials } from "botsplash/sandbox";

// Stands in for the API. For the real one: your own `auth`, and no `fetch`.
const sandbox = createSandbox();
const [auth] = demoCredentials;
const client = new Botsplash({ appId: "acme", auth, fetch: sandbox.fetch });

try {
  const { requestId } = await client.submitListener("welcome", {
    visitor: { firstName: "Jane", phoneNumber: "3334445555" },
    args: { message: "Welcome!" },
  });
  console.log(requestId, sandbox.texts);
} catch (error) {
  if (!isBotsplashError(error)) throw error;
  console.error(error.delivery, error.code, error.message, error.hint ?? "");
}
