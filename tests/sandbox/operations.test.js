import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@cfworker/json-schema";
import contract from "../../openapi.json" with { type: "json" };
import { basic, inBothModes, submitJane } from "./box.js";
import { answers, samples } from "./samples.js";

const visitor = "/app/visitor/clientVisitorId/12345";

/** @type {[operation: string, method: string, path: string, body: unknown, answer: string[]][]} */
const table = [
  ["submitListener", "POST", "/app/listener/botsplash/welcome", samples.listener, answers.listener],
  ["triggerSequence", "POST", "/app/sequence/7", { visitor: samples.visitorInfo }, answers.sequence],
  [
    "updateVisitor",
    "POST",
    visitor,
    { updateOnly: true, agentUpdate: true, retainAccess: true, retainPhones: true, visitor: samples.visitorInfo },
    answers.visitor,
  ],
  ["callVisitorAction", "POST", `${visitor}/action/9`, undefined, answers.visitor],
  ["listMeetings", "GET", `${visitor}/meeting`, undefined, answers.meetings],
  ["scheduleMeeting", "POST", `${visitor}/meeting`, samples.meeting, answers.meeting],
  ["sendMessage", "POST", "/app/message", { text: "Hello", visitor: samples.visitorInfo }, answers.visitor],
  ["updatePhoneStatuses", "POST", "/app/phone/status", samples.phones, answers.phones],
];

for (const [operation, method, path, body, fields] of table) {
  inBothModes(`${operation} takes the published sample and answers like it`, async (box) => {
    await submitJane(box);
    const response = await box.post(path, body, { method });
    const answer = await response.json();
    assert.equal(response.status, 200, JSON.stringify(answer));
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.deepEqual(Object.keys(answer), fields);
    assertAnswer(operation, answer);

    const record = box.sandbox.requests.at(-1);
    assert.equal(record?.operation, operation);
    assert.equal(record?.method, method);
    assert.equal(record?.path, `/open/v1${path}`);
    assert.equal(record?.query, "");
    assert.equal(record?.body, JSON.stringify(body) ?? "");
    assert.equal(record?.headers.authorization, basic);
    assert.equal(record?.status, 200);
  });
}

inBothModes("uploadFile takes a file and answers its key", async ({ send, sandbox }) => {
  const form = new FormData();
  form.append("file", new File([Uint8Array.of(0, 255, 13, 10)], "photo.png", { type: "image/png" }));
  const response = await send("/app/upload", { method: "POST", body: form, headers: { Authorization: basic } });
  const answer = await response.json();
  assert.equal(response.status, 200, JSON.stringify(answer));
  assert.deepEqual(Object.keys(answer), answers.upload);
  assertAnswer("uploadFile", answer);
  assert.deepEqual(sandbox.requests[0]?.body, [{ name: "file", filename: "photo.png", type: "image/png", size: 4 }]);
  const [upload] = sandbox.uploads;
  assert.equal(upload?.key, answer.key);
  assert.equal(upload?.filename, "photo.png");
  assert.deepEqual([...(upload?.bytes ?? [])], [0, 255, 13, 10]);
});

inBothModes("two runs give the same ids", async (box) => {
  const run = async () => (await box.post("/app/listener/botsplash/welcome", samples.listener)).json();
  const first = await run();
  box.sandbox.reset();
  assert.deepEqual(await run(), first);
});

test("every operation of the contract is proved here", () => {
  const proved = [...table.map(([operation]) => operation), "uploadFile"].sort();
  const known = Object.values(contract.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  assert.deepEqual(known.sort(), proved);
});

/** @param {string} operationId @param {unknown} answer */
function assertAnswer(operationId, answer) {
  const operation = Object.values(contract.paths)
    .flatMap((methods) => Object.values(methods))
    .find((candidate) => candidate.operationId === operationId);
  const { schema } = operation.responses["200"].content["application/json"];
  const { errors } = new Validator({ ...schema, components: contract.components }, "2020-12", false).validate(answer);
  assert.deepEqual(errors, []);
}
