// cspell:ignore emial
import assert from "node:assert/strict";
import { basic, inBothModes, json, submitJane } from "./box.js";
import { samples } from "./samples.js";

const listener = "/app/listener/botsplash/welcome";
const meeting = "/app/visitor/clientVisitorId/12345/meeting";
const phones = "/app/phone/status";

/** @type {[name: string, path: string, body: unknown, field: string, message: RegExp][]} */
const refused = [
  ["an unknown field", listener, { visitor: { emial: "x" } }, "visitor.emial", /not a field/],
  ["an unknown field at the top", listener, { visitor: {}, arg: {} }, "arg", /not a field/],
  [
    "a field of VisitorInfo in a NewVisitor",
    listener,
    { visitor: { clientAppId: "1" } },
    "visitor.clientAppId",
    /not a field/,
  ],
  [
    "a field that is a property of every object",
    listener,
    { visitor: { constructor: "x" } },
    "visitor.constructor",
    /not a field/,
  ],
  ["__proto__", listener, JSON.parse('{"visitor":{"__proto__":{"email":"x"}}}'), "visitor.__proto__", /not a field/],
  ["a wrong type", listener, { visitor: { email: 5 } }, "visitor.email", /expected a string/],
  ["null for a string", listener, { visitor: { email: null } }, "visitor.email", /expected a string/],
  ["a list for an object", listener, { visitor: [] }, "visitor", /expected an object/],
  ["a missing field", listener, { args: {} }, "visitor", /required/],
  ["a body that is not an object", listener, null, "", /expected an object/],
  [
    "a fraction for an integer",
    listener,
    { visitor: { deliveryStatus: 202.5 } },
    "visitor.deliveryStatus",
    /expected an integer/,
  ],
  [
    "text for an integer",
    listener,
    { visitor: { deliveryStatus: "202" } },
    "visitor.deliveryStatus",
    /expected an integer/,
  ],
  [
    "a wrong type in a published key of args",
    listener,
    { visitor: {}, args: { message: 1 } },
    "args.message",
    /expected a string/,
  ],
  [
    "a wrong type in a list",
    "/app/message",
    { text: "x", visitor: { validPhoneNumbers: ["1", 2] } },
    "visitor.validPhoneNumbers[1]",
    /expected a string/,
  ],
  [
    "a missing field in a list",
    phones,
    { items: [{ phoneNumber: "1", status: "send" }, { phoneNumber: "2" }] },
    "items[1].status",
    /required/,
  ],
  [
    "a status that is not a string",
    phones,
    { items: [{ phoneNumber: "1", status: 1 }] },
    "items[0].status",
    /expected a string/,
  ],
  ["a date without a time", meeting, { ...samples.meeting, followupAt: "2019-08-24" }, "followupAt", /date-time/],
  [
    "a day that does not exist",
    meeting,
    { ...samples.meeting, followupAt: "2019-02-30T10:00:00Z" },
    "followupAt",
    /date-time/,
  ],
  [
    "a date-time without an offset",
    meeting,
    { ...samples.meeting, followupAt: "2019-08-24T14:15:22" },
    "followupAt",
    /date-time/,
  ],
  [
    "a date-time in the past",
    meeting,
    { ...samples.meeting, followupAt: "2019-07-31T23:59:59Z" },
    "followupAt",
    /future/,
  ],
  ["the present moment", meeting, { ...samples.meeting, followupAt: "2019-08-01T00:00:00Z" }, "followupAt", /future/],
];

for (const [name, path, body, field, message] of refused) {
  inBothModes(`${name} is a 400 that names the field`, async (box) => {
    await submitJane(box);
    const response = await box.post(path, body);
    assert.equal(response.status, 400);
    const { success, error } = await response.json();
    assert.equal(success, false);
    const problem = error.fields.find((/** @type {any} */ candidate) => candidate.field === field);
    assert.match(problem?.message ?? "", message, JSON.stringify(error));
    assert.equal(box.sandbox.ledger.length, 1);
  });
}

inBothModes("all problems are named at once", async ({ post }) => {
  const response = await post(listener, { visitor: { emial: "x", email: 1 }, foo: 1 });
  const { error } = await response.json();
  const named = error.fields.map((/** @type {any} */ problem) => problem.field).sort();
  assert.deepEqual(named, ["foo", "visitor.email", "visitor.emial"]);
});

/** @type {[name: string, path: string, body: unknown][]} */
const accepted = [
  ["any JSON in args", listener, { visitor: {}, args: { deep: [{ a: null }], n: 1.5 } }],
  ["any JSON in extendedAttributes", listener, { visitor: { extendedAttributes: { a: [1, null, { b: true }] } } }],
  ["an empty visitor", listener, { visitor: {} }],
  ["an integer written as 202.0", listener, { visitor: { deliveryStatus: 202.0 } }],
  ["another phone status than the published one", phones, { items: [{ phoneNumber: "1", status: "something new" }] }],
  ["no phone statuses", phones, { items: [] }],
  [
    "a date-time with an offset and a fraction",
    meeting,
    { ...samples.meeting, followupAt: "2019-08-24T14:15:22.5+02:00" },
  ],
];
for (const [name, path, body] of accepted) {
  inBothModes(`${name} is accepted`, async (box) => {
    await submitJane(box);
    const response = await box.post(path, body);
    assert.equal(response.status, 200, await response.text());
  });
}

/** @type {[name: string, status: number, path: string, init: RequestInit][]} */
const unreadable = [
  ["broken JSON", 400, listener, { body: '{"visitor":', headers: json }],
  [
    "JSON that is not UTF-8",
    400,
    listener,
    { body: Buffer.from('{"visitor":{"firstName":"Jan\xe9"}}', "latin1"), headers: json },
  ],
  ["a number beyond all bounds", 400, listener, { body: '{"visitor":{"deliveryStatus":1e999}}', headers: json }],
  ["no body", 400, listener, { headers: json }],
  ["JSON under the type of text", 415, listener, { body: "{}", headers: { "Content-Type": "text/plain" } }],
  ["JSON under no type", 415, listener, { body: new TextEncoder().encode("{}") }],
  ["JSON where a file goes", 415, "/app/upload", { body: "{}", headers: json }],
  ["a form where JSON goes", 415, listener, { body: new FormData() }],
  [
    "multipart without its boundary",
    400,
    "/app/upload",
    { body: "x", headers: { "Content-Type": "multipart/form-data" } },
  ],
  ["an upload of nothing", 400, "/app/upload", { headers: { "Content-Type": "multipart/form-data; boundary=x" } }],
  ["an upload of text", 400, "/app/upload", { body: form(["file", "text"]) }],
  ["an upload under another name", 400, "/app/upload", { body: form(["photo", new File(["x"], "x.png")]) }],
  [
    "two files",
    400,
    "/app/upload",
    { body: form(["file", new File(["x"], "x.png")], ["file", new File(["y"], "y.png")]) },
  ],
  ["a body where none goes", 400, "/app/visitor/clientVisitorId/12345/action/9", { body: '{"a":1}', headers: json }],
];
for (const [name, status, path, init] of unreadable) {
  inBothModes(`${name} is a ${status}`, async (box) => {
    await submitJane(box);
    const response = await box.send(path, {
      method: "POST",
      ...init,
      headers: { ...init.headers, Authorization: basic },
    });
    assert.equal(response.status, status);
    assert.equal((await response.json()).success, false);
    assert.equal(box.sandbox.ledger.length, 1);
  });
}

inBothModes("a charset beside the content type is fine", async ({ post }) => {
  const response = await post(listener, samples.listener, {
    headers: { "Content-Type": "Application/JSON; charset=utf-8" },
  });
  assert.equal(response.status, 200);
});

/** @param {...[string, string | File]} parts */
function form(...parts) {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  return form;
}
