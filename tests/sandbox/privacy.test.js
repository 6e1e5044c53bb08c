// cspell:ignore emial
import assert from "node:assert/strict";
import { basic, inBothModes, json } from "./box.js";

const secret = "s3cr3t-value";

/** @type {[name: string, path: string, body: string, headers?: Record<string, string>][]} */
const refused = [
  ["a wrong type", "/app/listener/botsplash/x", JSON.stringify({ visitor: { email: [secret] } })],
  ["an unknown field", "/app/listener/botsplash/x", JSON.stringify({ visitor: { emial: secret } })],
  [
    "a value in a name's place",
    "/app/listener/botsplash/x",
    JSON.stringify({ visitor: { [secret]: 1, "333 444 5555": 1 } }),
  ],
  [
    "a bad date",
    "/app/visitor/clientVisitorId/1/meeting",
    JSON.stringify({ agentClientUserId: "a", followupAt: secret }),
  ],
  ["broken JSON", "/app/listener/botsplash/x", `{"visitor": ${secret}`],
  ["an unknown visitor", "/app/message", JSON.stringify({ text: secret, visitor: { phoneNumber: secret } })],
  ["an unknown path", `/app/${secret}`, "{}"],
  ["an idType that is none", `/app/visitor/${secret}/1`, "{}"],
  ["a wrong content type", "/app/message", "{}", { "Content-Type": secret }],
  ["a wrong key", `/app/message?api_key=${secret}`, "{}"],
];
for (const [name, path, body, headers] of refused) {
  inBothModes(`${name} is refused without a value of the request in the answer`, async ({ send }) => {
    const response = await send(path, { method: "POST", body, headers: { ...json, Authorization: basic, ...headers } });
    assert.ok(response.status >= 400 && response.status < 500, String(response.status));
    const answer = (await response.text()) + JSON.stringify([...response.headers]);
    assert.doesNotMatch(answer, /s3cr3t|333 444 5555/);
  });
}
