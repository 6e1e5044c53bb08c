import assert from "node:assert/strict";
import { inBothModes, now, submitJane } from "./box.js";
import { samples } from "./samples.js";

const jane = "/app/visitor/clientVisitorId/12345";

inBothModes("a submit texts once", async (box) => {
  await submitJane(box);
  assert.deepEqual(box.sandbox.texts, [{ to: "3334445555", text: "Welcome!", by: "submitListener" }]);
});

inBothModes("a second submit texts a second time, to the same visitor", async (box) => {
  await submitJane(box);
  await submitJane(box);
  assert.equal(box.sandbox.texts.length, 2);
  assert.equal(box.sandbox.visitors.length, 1);
});

inBothModes(
  "a submit without a message texts a default, one without a phone number nobody",
  async ({ post, sandbox }) => {
    await post("/app/listener/botsplash/welcome", { visitor: { phoneNumber: "3334445555" }, args: { mediaKey: "k" } });
    await post("/app/listener/botsplash/welcome", { visitor: { email: "example@example.com" } });
    assert.equal(sandbox.texts.length, 1);
    assert.ok(sandbox.texts[0]?.text);
    assert.equal(sandbox.texts[0]?.media, "k");
    assert.equal(sandbox.visitors.length, 2);
  },
);

inBothModes("a message texts once, and a sequence does", async (box) => {
  await submitJane(box);
  await box.post("/app/message", { text: "Hello", visitor: samples.visitorInfo });
  await box.post("/app/sequence/7", { visitor: samples.visitorInfo });
  assert.deepEqual(
    box.sandbox.texts.map(({ by }) => by),
    ["submitListener", "sendMessage", "triggerSequence"],
  );
  assert.deepEqual(
    box.sandbox.texts.map(({ to }) => to),
    Array(3).fill("3334445555"),
  );
});

inBothModes("the ledger lists effects in order, with visitor and request; a read is none", async (box) => {
  await submitJane(box);
  await box.post(`${jane}/meeting`, undefined, { method: "GET" });
  await box.post("/app/message", { text: 1 });
  await box.post(`${jane}/action/9`, undefined);
  await box.post("/app/phone/status", { items: [{ phoneNumber: "3334445555", status: "send" }] });
  const visitorId = box.sandbox.visitors[0]?.id;
  assert.deepEqual(box.sandbox.ledger, [
    { operation: "submitListener", visitorId, at: now, requestIndex: 0 },
    { operation: "callVisitorAction", visitorId, at: now, requestIndex: 3 },
    { operation: "updatePhoneStatuses", at: now, requestIndex: 4 },
  ]);
  assert.deepEqual(box.sandbox.phoneStatuses, [
    { appId: "app", phoneNumber: "3334445555", status: "send", visitorId, at: now },
  ]);
});

inBothModes("a phone number that nobody has is not counted", async (box) => {
  await submitJane(box);
  const items = ["3334445555", "9998887777"].map((phoneNumber) => ({ phoneNumber, status: "send" }));
  assert.deepEqual(await (await box.post("/app/phone/status", { items })).json(), { success: true, count: 1 });
});

inBothModes("a meeting for a visitor who does not exist is a 400", async ({ post, sandbox }) => {
  const response = await post(`${jane}/meeting`, samples.meeting);
  assert.equal(response.status, 400);
  assert.equal((await response.json()).error.code, "visitor_unknown");
  assert.deepEqual(sandbox.meetings, []);
});

inBothModes("a scheduled meeting is listed, with the server's defaults", async (box) => {
  await submitJane(box);
  const { agentClientUserId, followupAt } = samples.meeting;
  const scheduled = await (await box.post(`${jane}/meeting`, { agentClientUserId, followupAt })).json();
  assert.equal(scheduled.followupAt, followupAt);
  const list = await (await box.post(`${jane}/meeting`, undefined, { method: "GET" })).json();
  assert.equal(list.visitorId, scheduled.visitorId);
  assert.equal(list.count, 1);
  assert.equal(list.meetings[0].meetingId, scheduled.meetingId);
  assert.equal(list.meetings[0].duration, 30);
  assert.equal(list.meetings[0].description, "Meeting scheduled via API");
});

inBothModes("an update changes the visitor it names", async (box) => {
  await submitJane(box);
  const answer = await (await box.post(jane, { visitor: { milestone: "SUPER", clientAppId: "app-1" } })).json();
  assert.equal(answer.milestone, "SUPER");
  assert.equal(answer.firstName, "Jane");
  const byApp = await box.post("/app/visitor/clientAppId/app-1", { updateOnly: true });
  assert.equal((await byApp.json()).id, answer.id);
});

inBothModes("an update creates an unknown visitor, unless updateOnly", async ({ post, sandbox }) => {
  assert.equal((await post(jane, { updateOnly: true, visitor: { firstName: "Jane" } })).status, 404);
  assert.deepEqual(sandbox.visitors, []);
  const created = await post(jane, { visitor: { firstName: "Jane" } });
  assert.equal((await created.json()).clientVisitorId, "12345");
});

inBothModes("phone numbers are replaced, or added with retainPhones", async (box) => {
  await submitJane(box);
  const numbers = () => box.sandbox.visitors[0]?.phoneNumbers;
  await box.post(jane, { retainPhones: true, visitor: { phoneNumber: "1" } });
  assert.deepEqual(numbers(), ["3334445555", "1"]);
  await box.post(jane, { visitor: { validPhoneNumbers: ["2", "3"] } });
  assert.deepEqual(numbers(), ["2", "3"]);
  assert.equal(box.sandbox.visitors[0]?.phoneNumber, "2");
});

inBothModes("the first agent keeps access with retainAccess only", async (box) => {
  await submitJane(box);
  const access = () => box.sandbox.visitors[0]?.agentsWithAccess;
  await box.post(jane, { retainAccess: true, visitor: { agentClientUserId: "b" } });
  assert.deepEqual(access(), ["12345", "b"]);
  await box.post(jane, { visitor: { agentClientUserId: "c" } });
  assert.deepEqual(access(), ["c"]);
});

inBothModes("a message needs a visitor on file, with a phone number", async (box) => {
  assert.equal((await box.post("/app/message", { text: "Hello", visitor: samples.visitorInfo })).status, 400);
  assert.equal((await box.post("/app/message", { text: "Hello" })).status, 400);
  await box.post("/app/listener/botsplash/welcome", { visitor: { clientVisitorId: "no phone" } });
  assert.equal(
    (await box.post("/app/message", { text: "Hello", visitor: { clientVisitorId: "no phone" } })).status,
    400,
  );
  await submitJane(box);
  assert.equal((await box.post("/app/message", { text: "Hello", visitor: { phoneNumber: "3334445555" } })).status, 200);
  assert.deepEqual(
    box.sandbox.messages.map(({ text, to }) => [text, to]),
    [["Hello", "3334445555"]],
  );
});

inBothModes("an action, and a list of meetings, of an unknown visitor is a 404", async ({ post }) => {
  assert.equal((await post(`${jane}/action/9`, undefined)).status, 404);
  assert.equal((await post(`${jane}/meeting`, undefined, { method: "GET" })).status, 404);
});

inBothModes("reset() forgets everything, faults included, and keeps the lists", async (box) => {
  const { sandbox } = box;
  const { requests, texts } = sandbox;
  await submitJane(box);
  sandbox.fault({ status: 503, times: Infinity });
  sandbox.reset();
  const { fetch, reset, fault, ...lists } = sandbox;
  for (const [name, list] of Object.entries(lists)) assert.deepEqual(list, [], name);
  await submitJane(box);
  assert.equal(requests.length, 1);
  assert.equal(texts.length, 1);
});
