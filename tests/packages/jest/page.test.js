/** @jest-environment ./jsdom-with-fetch.js */
const { Botsplash, isBotsplashError } = require("botsplash");

// A page has no credentials: its relay has them.
const client = new Botsplash({ appId: "demo", baseUrl: process.env.API_URL ?? "" });

test("a page submits a lead", async () => {
  expect(window.document).toBeDefined();
  const answer = await client.submitListener("welcome", {
    visitor: { phoneNumber: "3334445555" },
    args: { message: "Welcome!" },
  });
  expect(answer.success).toBe(true);
  console.log(`answer: ${JSON.stringify(answer)}`);
});

test("a call can be cancelled", async () => {
  const error = await client
    .listMeetings({ clientVisitorId: "12345" }, { signal: AbortSignal.abort() })
    .catch((error) => error);
  expect(isBotsplashError(error)).toBe(true);
  expect(error.code).toBe("aborted");
});
