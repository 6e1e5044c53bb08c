// openapi.json and the package's types, held against each other by the TypeScript compiler.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import openapiTS, { astToString } from "openapi-typescript";
import { compile, readable, repository } from "./compiler.js";

const read = () => JSON.parse(readFileSync(join(repository, "openapi.json"), "utf8"));

/** @param {any} document @returns {Promise<string>} the types that openapi-typescript makes of it */
const typesOf = async (document) => astToString(await openapiTS(document));

/** @param {string} types of the document */
const check = (types) => readable(compile(["contract.ts"], { "openapi.generated.d.ts": types }));

test("the types of the document are the types of the package", async () => {
  const types = await typesOf(read());
  // For people: the compiler is given the text itself.
  mkdirSync(join(repository, ".cache"), { recursive: true });
  writeFileSync(join(repository, ".cache", "openapi.generated.d.ts"), types);
  assert.equal(
    check(types),
    "",
    "openapi.json and the types in src/api/ disagree (openapi.json's are in .cache/openapi.generated.d.ts). " +
      "Change one of them, or list the difference with its reason in tests/types/contract.ts.",
  );
});

// A comparison that cannot fail proves nothing: each of these changes must be seen, under its name.

/** @type {[change: string, (document: any) => void, seen: string][]} */
const changes = [
  ["a field more", ({ components }) => (schema(components, "NewVisitor").zip = { type: "string" }), "NewVisitor.zip"],
  ["a field less", ({ components }) => delete schema(components, "Visitor").handle, "Visitor.handle"],
  [
    "another type",
    ({ components }) => (schema(components, "VisitorInfo").deliveryStatus.type = "string"),
    "VisitorInfo.deliveryStatus",
  ],
  [
    "a field that is required",
    ({ components }) => (components.schemas.VisitorUpdate.required = ["visitor"]),
    "VisitorUpdate.visitor",
  ],
  [
    "a field that is not null",
    ({ components }) => (schema(components, "UploadResponse").key.type = "string"),
    "UploadResponse.key",
  ],
  [
    "another schema in a field",
    ({ components }) => (schema(components, "MessageSend").visitor.$ref = "#/components/schemas/NewVisitor"),
    "MessageSend.visitor",
  ],
  [
    "an answer that is closed",
    ({ components }) => (components.schemas.MeetingList.additionalProperties = false),
    "MeetingList[*]",
  ],
  [
    "another answer",
    ({ paths }) => (answer(paths["/{appId}/message"].post).schema.$ref = "#/components/schemas/MeetingList"),
    "sendMessage answers",
  ],
  [
    "another body",
    ({ paths }) =>
      (paths["/{appId}/sequence/{id}"].post.requestBody.content["application/json"].schema.$ref =
        "#/components/schemas/MessageSend"),
    "triggerSequence takes",
  ],
  [
    "a parameter less",
    ({ paths }) => paths["/{appId}/visitor/{idType}/{idValue}/action/{actionId}"].post.parameters.pop(),
    "callVisitorAction takes",
  ],
  [
    "another kind of id",
    ({ components }) => components.parameters.IdType.schema.enum.push("email"),
    "listMeetings takes",
  ],
  [
    "a schema more",
    ({ components }) => (components.schemas.Team = { type: "object" }),
    "'false' does not satisfy the constraint 'true'",
  ],
  [
    "an operation more",
    ({ paths }) => (paths["/{appId}/ping"] = { get: { operationId: "ping", responses: {} } }),
    "ping",
  ],
];

/** @param {any} components @param {string} name */
const schema = (components, name) => components.schemas[name].properties;

/** @param {any} operation */
const answer = (operation) => operation.responses[200].content["application/json"];

for (const [change, make, seen] of changes) {
  test(`a document with ${change} is refused`, async () => {
    const document = read();
    make(document);
    const complaints = check(await typesOf(document));
    assert.ok(complaints.includes(seen), `the compiler does not speak of ${seen}:\n${complaints || "it says nothing"}`);
  });
}

test("a listed difference that is none any more is refused", async () => {
  const types = await typesOf(read());
  const same = types.replace('status: "send" | string;', 'status: "send" | (string & {});');
  assert.notEqual(same, types, "openapi-typescript writes the status in another way now: change this test");
  assert.match(check(same), /'"PhoneStatusItem.status"' does not exist/);
});
