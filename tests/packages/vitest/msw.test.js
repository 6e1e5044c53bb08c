import { Botsplash } from "botsplash";
import { createSandbox, demoCredentials } from "botsplash/sandbox";
import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";

// The sandbox answers whatever goes to the API, from any part of the program.
const sandbox = createSandbox();
const server = setupServer(http.all("https://api.test/*", ({ request }) => sandbox.fetch(request)));
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

test("a lead texts once", async () => {
  const client = new Botsplash({ appId: "acme", baseUrl: "https://api.test/open/v1", auth: demoCredentials[0] });
  await client.submitListener("welcome", {
    visitor: { phoneNumber: "3334445555" },
    args: { message: "Welcome!" },
  });
  expect(sandbox.texts).toEqual([{ to: "3334445555", text: "Welcome!", by: "submitListener" }]);
});
