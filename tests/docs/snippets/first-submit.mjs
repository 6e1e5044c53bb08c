import { Botsplash, isBotsplashError } from "botsplash";

const { BOTSPLASH_USERNAME: username, BOTSPLASH_PASSWORD: password } = process.env;
const client = new Botsplash({ appId: "acme", auth: { username, password } });

try {
  const { success, requestId } = await client.submitListener("welcome", {
    visitor: { firstName: "Jane", phoneNumber: "3334445555" },
    args: { message: "Welcome!" },
  });
  console.log(success, requestId);
} catch (error) {
  if (!isBotsplashError(error)) throw error;
  console.error(error.code, error.delivery, error.message, error.hint ?? "");
}
