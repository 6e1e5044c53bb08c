import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@cfworker/json-schema";
import document from "../../openapi.json" with { type: "json" };

/** @type {Record<string, any>} */
const contract = document;
/** @type {[string, any][]} */
const operations = Object.values(contract.paths).flatMap((methods) =>
  Object.values(methods).map(
    (/** @type {any} */ operation) => /** @type {[string, any]} */ ([operation.operationId, operation]),
  ),
);
/** @type {[string, any][]} */
const schemas = Object.entries(contract.components.schemas);
const isResponse = (/** @type {string} */ name) => /Response$|^Visitor$|^MeetingList$/.test(name);
const OPEN_REQUESTS = ["ListenerArgs"];

test("two routes are published and seven assumed, each with how it may be repeated", () => {
  const told = operations.map(([name, operation]) => [name, operation["x-route"], operation["x-repeat"]]);
  assert.deepEqual(told, [
    ["submitListener", "published", "send"],
    ["uploadFile", "published", "send"],
    ["triggerSequence", "assumed", "send"],
    ["updateVisitor", "assumed", "idempotent"],
    ["callVisitorAction", "assumed", "send"],
    ["listMeetings", "assumed", "read"],
    ["scheduleMeeting", "assumed", "send"],
    ["sendMessage", "assumed", "send"],
    ["updatePhoneStatuses", "assumed", "idempotent"],
  ]);
});

test("every schema and every property is described", () => {
  for (const [name, schema] of schemas) {
    assert.ok(schema.description, name);
    for (const [key, property] of Object.entries(schema.properties)) {
      assert.ok(/** @type {any} */ (property).description, `${name}.${key}`);
    }
  }
});

test("requests are closed, but for the open objects", () => {
  for (const [name, schema] of schemas.filter(([name]) => !isResponse(name))) {
    assert.equal(schema.additionalProperties, OPEN_REQUESTS.includes(name), name);
  }
  assert.equal(contract.components.schemas.NewVisitor.properties.extendedAttributes.additionalProperties, true);
});

test("nothing in a response is promised", () => {
  for (const [name, schema] of schemas.filter(([name]) => isResponse(name))) {
    assert.equal(schema.additionalProperties, true, name);
    assert.equal(schema.required, undefined, name);
    for (const [key, property] of Object.entries(schema.properties)) {
      assert.ok(/** @type {any} */ (property).type.includes("null"), `${name}.${key}`);
    }
  }
});

test("the examples fit their schemas", () => {
  for (const [name, { requestBody, responses }] of operations) {
    const contents = [requestBody?.content["application/json"], responses["200"].content["application/json"]];
    for (const { schema, examples } of contents.filter(Boolean)) {
      for (const { value } of /** @type {any[]} */ (Object.values(examples))) {
        const validator = new Validator({ ...schema, components: contract.components }, "2020-12", false);
        assert.deepEqual(validator.validate(value).errors, [], name);
      }
    }
  }
});

test("every operation takes either credential and says that errors are not published", () => {
  for (const [name, { security, responses }] of operations) {
    assert.deepEqual(security, [{ basic: [] }, { apiKey: [] }], name);
    assert.ok(responses.default, name);
  }
});
