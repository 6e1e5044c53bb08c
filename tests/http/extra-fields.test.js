// Fields that the API has and the package does not know: those that are named get through, and no others.
// cspell:ignore Mesage nickame nicknam vistor
import assert from "node:assert/strict";
import test from "node:test";
import { createSandbox } from "../../sandbox/index.ts";
import { Botsplash } from "./support/botsplash.js";

const extraFields = {
  submitListener: ["visitor.nickname", "source", "args.campaign"],
  updatePhoneStatuses: ["items[].note"],
  sendMessage: ["visitor.tags"],
};

/** @param {any} [options] */
const connect = (options) => {
  const sandbox = createSandbox({
    credentials: false,
    extraFields: { ...extraFields, submitListener: ["visitor.nickname", "source"] },
  });
  return { sandbox, client: new Botsplash({ appId: "acme", fetch: sandbox.fetch, retries: 0, ...options }) };
};

/** @param {Promise<unknown>} call @returns {Promise<any>} */
const failure = (call) =>
  call.then(
    () => assert.fail("it went through"),
    (error) => error,
  );

test("a field that is named gets through as it is", async () => {
  const { sandbox, client } = connect({ extraFields });
  /** @type {any} */
  const submission = {
    visitor: { phoneNumber: "1", nickname: { given: ["Jay", 7, null] } },
    source: true,
    args: { campaign: "x" },
  };
  await client.submitListener("welcome", submission);
  assert.deepEqual(JSON.parse(String(sandbox.requests[0]?.body)), submission);
  await client.updatePhoneStatuses({ items: [/** @type {any} */ ({ phoneNumber: "1", status: "send", note: "x" })] });
  assert.equal(sandbox.requests.length, 2);
  assert.deepEqual(await client.readSubmission(submission), submission);
});

test("it is not required, and may be null", async () => {
  const { sandbox, client } = connect({ extraFields });
  await client.submitListener("welcome", { visitor: { phoneNumber: "1" } });
  await client.submitListener("welcome", /** @type {any} */ ({ visitor: { phoneNumber: "1", nickname: null } }));
  assert.equal(sandbox.requests.length, 2);
});

/** @type {[what: string, call: (client: any) => Promise<unknown>, field: string][]} */
const refused = [
  ["elsewhere in the same body", (client) => client.submitListener("x", { visitor: {}, nickname: "Jay" }), "nickname"],
  [
    "in another operation",
    (client) => client.triggerSequence("x", { visitor: { nickname: "Jay" } }),
    "visitor.nickname",
  ],
  [
    "for another type of the same operation",
    (client) => client.sendMessage({ text: "x", visitor: { nickname: "x" } }),
    "visitor.nickname",
  ],
  ["beside an item", (client) => client.updatePhoneStatuses({ items: [], note: "x" }), "note"],
  ["where it is misspelt", (client) => client.submitListener("x", { visitor: { nickame: "Jay" } }), "visitor.nickame"],
  [
    "where JSON cannot hold it",
    (client) => client.submitListener("x", { visitor: { nickname: () => {} } }),
    "visitor.nickname",
  ],
  [
    "where a known field is wrong",
    (client) => client.submitListener("x", { visitor: { nickname: "Jay", email: 7 } }),
    "visitor.email",
  ],
];
for (const [what, call, field] of refused) {
  test(`it is refused ${what}`, async () => {
    const { sandbox, client } = connect({ extraFields });
    const error = await failure(call(client));
    assert.deepEqual([error.code, error.delivery, error.field], ["validation", "not_sent", field]);
    assert.deepEqual(sandbox.requests, []);
  });
}

test("a misspelt extra field hears of the one that was meant", async () => {
  const { client } = connect({ extraFields });
  const error = await failure(client.submitListener("x", /** @type {any} */ ({ visitor: { nicknam: "Jay" } })));
  assert.match(error.message, /Did you mean nickname\?/);
});

test("a client without the option, beside one with it, refuses what it always refused", async () => {
  connect({ extraFields });
  const { client } = connect();
  const error = await failure(client.submitListener("x", /** @type {any} */ ({ visitor: { nickname: "Jay" } })));
  assert.equal(error.field, "visitor.nickname");
});

test("a change to the option afterwards changes nothing", async () => {
  const option = { submitListener: ["visitor.nickname"] };
  const { client, sandbox } = connect({ extraFields: option });
  option.submitListener.length = 0;
  await client.submitListener("x", /** @type {any} */ ({ visitor: { nickname: "Jay" } }));
  assert.equal(sandbox.requests.length, 1);
});

/** @type {[option: unknown, field: string][]} */
const wrong = [
  [["visitor.nickname"], "extraFields"],
  [{ sendMesage: ["visitor.x"] }, "extraFields.sendMesage"],
  [{ sendMessage: "visitor.x" }, "extraFields.sendMessage"],
  [{ sendMessage: [7] }, "extraFields.sendMessage[0]"],
  [{ sendMessage: [""] }, "extraFields.sendMessage"],
  [{ sendMessage: ["vistor.x"] }, "extraFields.sendMessage"],
  [{ sendMessage: ["text.x"] }, "extraFields.sendMessage"],
  [{ sendMessage: ["visitor[].x"] }, "extraFields.sendMessage"],
  [{ sendMessage: ["visitor."] }, "extraFields.sendMessage"],
  [{ updatePhoneStatuses: ["items.note"] }, "extraFields.updatePhoneStatuses"],
  [{ updatePhoneStatuses: ["items[]"] }, "extraFields.updatePhoneStatuses"],
  [{ uploadFile: ["name"] }, "extraFields.uploadFile"],
  [{ listMeetings: ["limit"] }, "extraFields.listMeetings"],
];
for (const [option, field] of wrong) {
  test(`extraFields ${JSON.stringify(option)} is a wrong configuration`, async () => {
    const { client, sandbox } = connect({ extraFields: option });
    const error = await failure(client.sendMessage({ text: "x" }));
    assert.deepEqual([error.code, error.delivery, error.field], ["configuration", "not_sent", field]);
    assert.deepEqual(sandbox.requests, []);
  });
}
