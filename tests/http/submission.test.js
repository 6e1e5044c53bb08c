// The base of a relay: reading a form into a submission, and a key that makes one lead of many sends.
import assert from "node:assert/strict";
import test from "node:test";
import { answer } from "./support/behaviors.js";
import { connect, failure } from "./support/failure.js";
import { submitted } from "./support/operation-cases.js";
import { serve } from "./support/scripted-server.js";
import { revoked, survivor } from "./support/survivor.js";

const nowhere = () => connect({ url: "http://127.0.0.1:9" });
const extendedAttributes = ["color", "size"];

/** @param {[string, string | Blob][]} entries */
const form = (...entries) => {
  const data = new FormData();
  for (const [name, value] of entries) {
    if (typeof value === "string") data.append(name, value);
    else data.append(name, value, "a.txt");
  }
  return data;
};

test("a form's fields go where the schema has them", async () => {
  const submission = await nowhere().readSubmission(
    form(
      ["firstName", " Jane "],
      ["phoneNumber", "3334445555"],
      ["deliveryStatus", "202"],
      ["message", "Hi"],
      ["color", "red"],
    ),
    { extendedAttributes },
  );
  assert.deepEqual(submission, {
    visitor: {
      firstName: " Jane ",
      phoneNumber: "3334445555",
      deliveryStatus: 202,
      extendedAttributes: { color: "red" },
    },
    args: { message: "Hi" },
  });
});

test("URLSearchParams and a Map are forms as well", async () => {
  for (const input of [new URLSearchParams("email=example@example.com"), new Map([["email", "example@example.com"]])]) {
    assert.deepEqual(await nowhere().readSubmission(input), { visitor: { email: "example@example.com" } });
  }
});

test("empty fields and names that the schema does not know are left out", async () => {
  const hostile = [
    "__proto__",
    "constructor",
    "visitor",
    "args",
    "extendedAttributes",
    "visitor[email]",
    "utm",
    "api_key",
    "0",
    "true",
  ];
  const submission = await nowhere().readSubmission(
    form(
      ["firstName", "Jane"],
      ["lastName", ""],
      ["email", "  "],
      ...hostile.map((name) => /** @type {[string, string]} */ ([name, "x"])),
    ),
    { extendedAttributes: ["color"] },
  );
  assert.equal(JSON.stringify(submission), '{"visitor":{"firstName":"Jane"}}');
});

test("a name that the schema has is not also an attribute", async () => {
  const input = new URLSearchParams("firstName=Jane&message=Hi");
  const submission = await nowhere().readSubmission(input, { extendedAttributes: ["firstName", "message"] });
  assert.deepEqual(submission, { visitor: { firstName: "Jane" }, args: { message: "Hi" } });
});

test("an attribute that is given twice is a list", async () => {
  const input = new URLSearchParams("firstName=Jane&color=red&color=blue&color=green");
  const { visitor } = await nowhere().readSubmission(input, { extendedAttributes });
  assert.deepEqual(visitor.extendedAttributes, { color: ["red", "blue", "green"] });
});

test("an attribute may have a name that every object has", async () => {
  for (const name of ["constructor", "toString", "hasOwnProperty", "length"]) {
    const input = new URLSearchParams(`firstName=Jane&${name}=x`);
    const { visitor } = await nowhere().readSubmission(input, { extendedAttributes: [name] });
    assert.deepEqual(visitor.extendedAttributes, { [name]: "x" });
  }
});

test("a name that is given very often is one list, which is not copied for each", async (t) => {
  const input = new URLSearchParams(`firstName=Jane&${"color=red&".repeat(20_000)}`);
  /** @type {any} */
  const lists = Array.prototype;
  const { flat } = lists;
  let copies = 0;
  t.after(() => void (lists.flat = flat));
  lists.flat = /** @this {unknown[]} @param {unknown[]} args */ function (...args) {
    copies++;
    return flat.apply(this, args);
  };
  const { visitor } = await nowhere().readSubmission(input, { extendedAttributes });
  assert.deepEqual(visitor.extendedAttributes, { color: Array(20_000).fill("red") });
  assert.ok(copies < 10);
});

test("options that are null are none", async () => {
  const input = () => new URLSearchParams("firstName=Jane&color=red");
  for (const options of [null, { extendedAttributes: null }]) {
    assert.deepEqual(await nowhere().readSubmission(input(), /** @type {any} */ (options)), {
      visitor: { firstName: "Jane" },
    });
  }
});

/** @type {[what: string, input: unknown, field: string][]} */
const refused = [
  [
    "a known name that is given twice",
    new URLSearchParams("phoneNumber=3334445555&phoneNumber=2223334444"),
    "visitor.phoneNumber",
  ],
  ["a file", form(["firstName", new Blob(["x"])]), "visitor.firstName"],
  ["a number that is none", new URLSearchParams("deliveryStatus=2e2"), "visitor.deliveryStatus"],
  ["a form without a visitor", new URLSearchParams("message=Hi"), "visitor"],
  ["a misspelt submission", { visitor: { fistName: "Jane" } }, "visitor.fistName"],
  ["a submission without a visitor", {}, "visitor"],
  ["a text", "firstName=Jane", "body"],
  ["nothing", undefined, "body"],
  ["entries that are not pairs", new Set([1]), "body"],
  ["a revoked Proxy", revoked(), "body"],
  [
    "an iterator that throws",
    {
      [Symbol.iterator]: () => {
        throw null;
      },
    },
    "visitor",
  ],
];
for (const [what, input, field] of refused) {
  test(`${what} is not a submission`, async (t) => {
    const { client, refuses, works } = await survivor(t);
    const error = await refuses(client.readSubmission(input), { field });
    assert.doesNotMatch(error.message, /3334445555|Jane/);
    await works();
  });
}

test("a submission that fits is handed back as it is", async () => {
  const submission = { visitor: { firstName: "Jane", email: null }, args: { message: "Hi", more: [1] } };
  assert.deepEqual(await nowhere().readSubmission(/** @type {any} */ (submission)), submission);
});

test("a submission key goes with the submit, and nothing else changes", async (t) => {
  const server = await serve(t, answer(200, submitted));
  await connect(server).submitListener(
    "welcome",
    { visitor: {} },
    { submissionKey: "123e4567-e89b-12d3-a456-426614174000" },
  );
  const [{ target, body }] = server.received;
  assert.match(target, /\/listener\/botsplash\/welcome\?submissionKey=123e4567-e89b-12d3-a456-426614174000$/);
  assert.equal(body.toString(), '{"visitor":{}}');
});

test("a submission key that a relay could misread is refused", async (t) => {
  const { client, refuses } = await survivor(t);
  for (const submissionKey of ["", "a b", "a&b", "ä", "k".repeat(65), 7]) {
    await refuses(client.submitListener("welcome", { visitor: {} }, { submissionKey }), {
      code: "configuration",
      field: "submissionKey",
    });
  }
});

test("a client with credentials refuses a submission key, which the API would not know", async (t) => {
  const server = await serve(t, answer(200, submitted));
  const client = connect(server, { auth: { username: "acme", password: "hunter2" } });
  const error = await failure(client.submitListener("welcome", { visitor: {} }, { submissionKey: "k" }));
  assert.deepEqual([error.code, error.delivery, error.field], ["configuration", "not_sent", "submissionKey"]);
  assert.equal(server.received.length, 0);
});

/** The forms of a form's fields, in the frameworks that people have. @type {[name: string, input: any][]} */
const shapes = [
  ["FormData", form(["firstName", "Jane"], ["phone", "333"], ["phoneNumber", "3334445555"])],
  ["URLSearchParams", new URLSearchParams("firstName=Jane&phone=333&phoneNumber=3334445555")],
  [
    "a list of entries",
    [
      ["firstName", "Jane"],
      ["phone", "333"],
      ["phoneNumber", "3334445555"],
    ],
  ],
  [
    "a Map",
    new Map([
      ["firstName", "Jane"],
      ["phone", "333"],
      ["phoneNumber", "3334445555"],
    ]),
  ],
  ["a plain object, as Express's req.body", { firstName: "Jane", phone: "333", phoneNumber: "3334445555" }],
  [
    "an object without prototype, as querystring's",
    Object.assign(Object.create(null), { firstName: "Jane", phone: ["333"], phoneNumber: "3334445555" }),
  ],
];
for (const [name, input] of shapes) {
  test(`${name} is read as a form, and tells which names it left out`, async () => {
    /** @type {import("../../pkg/dist/index.js").ReadSubmission} */
    const submission = await nowhere().readSubmission(input);
    const { skipped } = submission;
    assert.deepEqual(submission, { visitor: { firstName: "Jane", phoneNumber: "3334445555" } });
    assert.deepEqual(skipped, ["phone"]);
    assert.deepEqual(Object.keys(submission), ["visitor"]);
  });
}

test("its errors speak in its own name", async () => {
  const error = await failure(nowhere().readSubmission(/** @type {any} */ ({ visitor: { fistName: "Jane" } })));
  assert.equal(error.operation, "readSubmission");
  assert.match(error.message, /^readSubmission: visitor\.fistName: /);
});
