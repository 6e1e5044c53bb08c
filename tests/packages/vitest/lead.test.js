import { Botsplash, isBotsplashError } from "botsplash";
import { expect, test } from "vitest";

const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;
const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });

test("a lead is submitted", async () => {
  const answer = await client.submitListener("welcome", {
    visitor: { phoneNumber: "3334445555" },
    args: { message: "Welcome!" },
  });
  expect(answer.success).toBe(true);
  console.log(`answer: ${JSON.stringify(answer)}`);
});

test("a misspelt field is refused before it is sent", async () => {
  const error = await client.submitListener("welcome", { visitor: { phone: "3334445555" } }).catch((error) => error);
  expect(isBotsplashError(error)).toBe(true);
  expect(error.code).toBe("validation");
});
