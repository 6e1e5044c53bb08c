// Finds our operations in descriptions of many forms. Each meaning is computed by hand here, or is our document's.
// cspell:ignore Déclenche quelque
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { stringify } from "yaml";
import { reportOn } from "../../command/contract/report.ts";
import { reportInWords } from "../../command/contract/text.ts";
import { paintFor } from "../../command/terminal.ts";
import { at } from "../../scripts/lib/paths.js";
import {
  asVersion30,
  move,
  operationOf,
  operationsOf,
  ours,
  redocPage,
  remove,
  renamePlaceholders,
  silence,
} from "./documents.js";

const NAMES = operationsOf(ours()).map(({ operation }) => operation.operationId);
const OUR_ROUTES = Object.fromEntries(
  operationsOf(ours()).map(({ path, method, operation }) => [operation.operationId, `${method.toUpperCase()} ${path}`]),
);

/** @param {unknown} document */
const report = (document) => reportOn(JSON.stringify(document));

/** @param {Awaited<ReturnType<typeof report>>} found @param {string} name */
const of = (found, name) => {
  const one = found.operations.find((operation) => operation.name === name);
  assert.ok(one, name);
  return one;
};

/** @param {Awaited<ReturnType<typeof report>>} found @param {Record<string, string>} [expected] */
const verdicts = (found, expected = {}) =>
  assert.deepEqual(
    Object.fromEntries(found.operations.map(({ name, verdict }) => [name, verdict])),
    Object.fromEntries(NAMES.map((name) => [name, expected[name] ?? "same"])),
  );

/** @param {Awaited<ReturnType<typeof report>>} found @returns {string[]} */
const differences = (found) =>
  found.operations.flatMap(({ name, differences }) =>
    differences.map((one) => `${name} ${one.in} ${one.field} ${one.kind}: ${one.theirs} / ${one.ours}`),
  );

/** @type {[form: string, text: () => string][]} */
const sameInAnotherForm = [
  ["JSON", () => JSON.stringify(ours())],
  ["JSON with a byte order mark", () => `\uFEFF${JSON.stringify(ours(), null, 2)}`],
  ["YAML", () => stringify(ours())],
  ["YAML with comments and a document's beginning", () => `# The API\n---\n${stringify(ours())}`],
  ["YAML with anchors", () => stringify(ours(), { aliasDuplicateObjects: true })],
  ["version 3.0 in JSON", () => JSON.stringify(asVersion30(ours()))],
  ["version 3.0 in YAML", () => stringify(asVersion30(ours()))],
  ["the page that Redoc writes", () => redocPage(ours())],
  [
    "a page with the text of a JSON document in a string",
    () => `<html><script>load(${JSON.stringify(JSON.stringify(ours()))})</script></html>`,
  ],
  [
    "a page with YAML in an element",
    () => `<html><pre><code>${stringify(ours()).replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</code></pre></html>`,
  ],
  [
    "a page with YAML in a string",
    () =>
      `<html><script>init("${stringify(ours()).slice(1, 0)}", ${JSON.stringify(stringify(ours()))})</script></html>`,
  ],
  [
    "a page with a link to data",
    () =>
      `<html><a download href="data:application/json;base64,${Buffer.from(JSON.stringify(ours())).toString("base64")}">Download</a></html>`,
  ],
  [
    "a page with escaped JSON",
    () =>
      `<html><div data-spec="${JSON.stringify(ours()).replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"></div></html>`,
  ],
];
for (const [form, text] of sameInAnotherForm) {
  test(`our own document as ${form} is the same`, async () => {
    const found = await reportOn(text());
    verdicts(found);
    assert.deepEqual(differences(found), []);
    assert.deepEqual(found.routes, OUR_ROUTES);
    assert.deepEqual([found.same, found.baseUrl, found.extraFields], [true, undefined, {}]);
    assert.ok(found.operations.every(({ confidence }) => confidence === "certain"));
  });
}

/** The same API, written in another way. @type {[way: string, change: (document: any) => any][]} */
const sameInAnotherWay = [
  [
    "parameters at the path",
    (document) => {
      for (const item of Object.values(document.paths)) {
        const [first] = Object.values(item);
        item.parameters = first.parameters;
        for (const operation of Object.values(item)) delete operation.parameters;
      }
    },
  ],
  [
    "path items, bodies and responses behind references",
    (document) => {
      document.components.pathItems = {};
      document.components.requestBodies = {};
      for (const [index, [path, item]] of Object.entries(document.paths).entries()) {
        for (const operation of Object.values(item)) {
          const name = operation.operationId;
          if (operation.requestBody) {
            document.components.requestBodies[name] = operation.requestBody;
            operation.requestBody = { $ref: `#/components/requestBodies/${name}` };
          }
          document.components.responses[name] = operation.responses["200"];
          operation.responses["200"] = { $ref: `#/components/responses/${name}` };
        }
        document.components.pathItems[`p/${index}`] = item;
        document.paths[path] = { $ref: `#/components/pathItems/p~1${index}` };
      }
    },
  ],
  [
    "schemas written out",
    (document) => {
      const { schemas } = document.components;
      /** @param {any} node @returns {any} */
      const inline = (node) => {
        if (Array.isArray(node)) return node.map(inline);
        if (typeof node !== "object" || node === null) return node;
        if (node.$ref?.startsWith("#/components/schemas/")) return inline(schemas[node.$ref.split("/").at(-1)]);
        return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, inline(inner)]));
      };
      document.paths = inline(document.paths);
      document.components.schemas = {};
    },
  ],
  [
    "schemas put together with allOf",
    (document) => {
      const { schemas } = document.components;
      const { clientVisitorId, ...rest } = schemas.VisitorInfo.properties;
      schemas.Known = { type: "object", properties: { clientVisitorId } };
      schemas.VisitorInfo = { allOf: [{ $ref: "#/components/schemas/Known" }, { type: "object", properties: rest }] };
    },
  ],
  [
    "an answer that is one of two",
    (document) => {
      const { schemas } = document.components;
      schemas.Visitor = { oneOf: [{ $ref: "#/components/schemas/Full" }, { type: "null" }] };
      schemas.Full = ours().components.schemas.Visitor;
    },
  ],
  [
    "the base path in the paths",
    (document) => {
      document.servers = [{ url: "https://api.botsplash.com/" }];
      document.paths = Object.fromEntries(
        Object.entries(document.paths).map(([path, item]) => [`/open/v1${path}`, item]),
      );
    },
  ],
  [
    "servers at each path, and a wrong one above",
    (document) => {
      const { servers } = document;
      document.servers = [{ url: "https://elsewhere.example" }];
      for (const item of Object.values(document.paths)) item.servers = servers;
    },
  ],
  [
    "a server with variables",
    (document) => {
      document.servers = [
        {
          url: "https://{host}/open/{version}",
          variables: { host: { default: "api.botsplash.com" }, version: { default: "v1" } },
        },
      ];
    },
  ],
  [
    "the account in the server",
    (document) => {
      document.servers = [
        { url: "https://api.botsplash.com/open/v1/{appId}", variables: { appId: { default: "demo" } } },
      ];
      document.paths = Object.fromEntries(
        Object.entries(document.paths).map(([path, item]) => [path.replace("/{appId}", "") || "/", item]),
      );
    },
  ],
  [
    "several servers, ours among them",
    (document) => {
      document.servers.unshift({ url: "https://staging.example/open/v1" });
    },
  ],
  [
    "other names of schemas",
    (document) =>
      JSON.parse(JSON.stringify(document).replaceAll("VisitorInfo", "Contact").replaceAll("NewVisitor", "Lead")),
  ],
  [
    "answers under 201, 2XX and default",
    (document) => {
      const statuses = ["201", "2XX", "default"];
      for (const [index, { operation }] of operationsOf(document).entries()) {
        operation.responses = {
          400: { description: "Wrong" },
          [statuses[index % 3] ?? ""]: operation.responses["200"],
        };
      }
    },
  ],
  [
    "other placeholders",
    (document) => renamePlaceholders(document, { appId: "app_id", idType: "id-type", idValue: "IdValue" }),
  ],
  [
    "quite other placeholders",
    (document) =>
      renamePlaceholders(document, {
        appId: "accountName",
        idType: "externalIdType",
        idValue: "externalId",
        id: "listenerKey",
        actionId: "action",
      }),
  ],
];
for (const [way, change] of sameInAnotherWay) {
  test(`our own document with ${way} has the same routes`, async () => {
    const document = ours();
    const found = await report(change(document) ?? document);
    verdicts(found);
    assert.deepEqual(found.routes, OUR_ROUTES);
    assert.equal(found.baseUrl, undefined);
    assert.deepEqual(differences(found), []);
  });
}

const ELSEWHERE = {
  submitListener: "PUT /v2/accounts/{appId}/listeners/{id}/leads",
  uploadFile: "POST /v2/files/{appId}",
  triggerSequence: "PATCH /v2/{appId}/message/{id}",
  updateVisitor: "PATCH /v2/{appId}/people/{idType}/{idValue}",
  callVisitorAction: "POST /v2/{appId}/do/{actionId}/{idValue}/{idType}",
  listMeetings: "GET /v2/{appId}/calendar/{idType}/{idValue}",
  scheduleMeeting: "POST /v2/{appId}/calendar/{idType}/{idValue}",
  // Where ours would look for a sequence: a path does not count as evidence.
  sendMessage: "POST /v2/{appId}/sequence",
  updatePhoneStatuses: "PUT /v2/{appId}/numbers",
};

test("other methods and paths are found by what the operations are", async () => {
  const document = ours();
  move(document, ELSEWHERE);
  const found = await report(document);
  verdicts(found, Object.fromEntries(NAMES.map((name) => [name, "different"])));
  assert.deepEqual(found.routes, ELSEWHERE);
  assert.equal(found.same, false);
});

test("paths that are swapped are found nevertheless", async () => {
  const document = ours();
  const swapped = {
    triggerSequence: OUR_ROUTES.submitListener,
    submitListener: OUR_ROUTES.triggerSequence,
    sendMessage: OUR_ROUTES.updatePhoneStatuses,
    updatePhoneStatuses: OUR_ROUTES.sendMessage,
  };
  move(document, swapped);
  const found = await report(document);
  assert.deepEqual(found.routes, { ...OUR_ROUTES, ...swapped });
});

test("schemas alone tell operations apart, and then nothing is certain that has little to go by", async () => {
  const document = ours();
  move(document, ELSEWHERE);
  silence(document);
  const found = await report(document);
  assert.deepEqual(found.routes, ELSEWHERE);
  assert.equal(of(found, "listMeetings").confidence, "likely");
});

test("names alone tell operations apart", async () => {
  const document = ours();
  move(document, ELSEWHERE);
  for (const { operation } of operationsOf(document)) {
    if (operation.requestBody?.content["application/json"]) operation.requestBody.content["application/json"] = {};
    operation.responses = { 200: { description: "Done" } };
  }
  assert.deepEqual((await report(document)).routes, ELSEWHERE);
});

test("renamed operations are found by their words and schemas", async () => {
  const document = ours();
  const names = {
    submitListener: "postToListener",
    uploadFile: "createMedia",
    triggerSequence: "SequenceController_start",
    updateVisitor: "patch-contact",
    callVisitorAction: "runAction",
    listMeetings: "getAppointments",
    scheduleMeeting: "bookAppointment",
    sendMessage: "text_customer",
    updatePhoneStatuses: "setNumbers",
  };
  for (const [name, other] of Object.entries(names)) {
    const operation = operationOf(document, name);
    operation.operationId = other;
    operation.description = "";
  }
  verdicts(await report(document));
});

for (const name of NAMES) {
  test(`a document without ${name} lacks it, and nothing else is taken for it`, async () => {
    const document = ours();
    remove(document, name);
    const found = await report(document);
    verdicts(found, { [name]: "missing" });
    assert.equal(found.routes[/** @type {import("botsplash").OperationName} */ (name)], undefined);
    silence(document);
    verdicts(await report(document), { [name]: "missing" });
  });

  test(`a second ${name} makes it ambiguous, and no route is printed for it`, async () => {
    const document = ours();
    const [twin] = operationsOf(document).filter(({ operation }) => operation.operationId === name);
    assert.ok(twin);
    document.paths[`/v9${twin.path}`] = { [twin.method]: { ...twin.operation, operationId: `${name}V9` } };
    const found = await report(document);
    verdicts(found, { [name]: "ambiguous" });
    assert.deepEqual(of(found, name).candidates, [
      `${twin.method.toUpperCase()} ${twin.path}`,
      `${twin.method.toUpperCase()} /v9${twin.path}`,
    ]);
    assert.equal(of(found, name).theirs, undefined);
    assert.deepEqual(found.unknownOperations, []);

    twin.operation.deprecated = true;
    const current = await report(document);
    assert.equal(of(current, name).theirs, `${twin.method.toUpperCase()} /v9${twin.path}`);
    assert.match(of(current, name).reasons.join(), /fits too, but is deprecated/);
  });
}

test("an operation that may be either of two of ours is given to neither", async () => {
  const document = ours();
  remove(document, "submitListener");
  const sequence = operationOf(document, "triggerSequence");
  for (const name of ["operationId", "summary", "description"]) delete sequence[name];
  sequence.requestBody.content["application/json"].schema = {
    type: "object",
    properties: { visitor: { type: "object", properties: {} } },
  };
  sequence.responses = { 200: { description: "Done" } };
  const found = await report(document);
  for (const name of ["submitListener", "triggerSequence"]) {
    assert.ok(["ambiguous", "missing"].includes(of(found, name).verdict), name);
    assert.equal(of(found, name).theirs, undefined);
  }
});

test("operations of theirs that are none of ours are listed", async () => {
  const document = ours();
  document.paths["/{appId}/report"] = { get: { operationId: "getReport", summary: "A report", responses: {} } };
  const found = await report(document);
  verdicts(found);
  assert.deepEqual(found.unknownOperations, [{ route: "GET /{appId}/report", id: "getReport", summary: "A report" }]);
  assert.equal(found.same, false);
});

/** @type {[change: string, make: (schemas: any, document: any) => void, said: string[], extra?: object][]} */
const changes = [
  [
    "a field more in a request",
    ({ NewVisitor }) => (NewVisitor.properties.nickname = { type: "string", maxLength: 40 }),
    ["submitListener request visitor.nickname added: string, maxLength 40 / does not have it"],
    { submitListener: ["visitor.nickname"] },
  ],
  [
    "an object more, once",
    ({ PhoneStatusItem }) =>
      (PhoneStatusItem.properties.source = { type: "object", properties: { name: { type: "string" } } }),
    ["updatePhoneStatuses request items[].source added: object / does not have it"],
    { updatePhoneStatuses: ["items[].source"] },
  ],
  [
    "a field more where ours takes any",
    ({ ListenerArgs }) => (ListenerArgs.properties.campaign = { type: "string" }),
    ["submitListener request args.campaign added: string / does not have it"],
  ],
  [
    "a field more in an answer",
    ({ UploadResponse }) => (UploadResponse.properties.url = { type: "string" }),
    ["uploadFile response url added: string / does not have it"],
  ],
  [
    "a field less",
    ({ MeetingSchedule }) => delete MeetingSchedule.properties.notes,
    ["scheduleMeeting request notes missing: does not have it / string"],
  ],
  [
    "another type",
    ({ MeetingSchedule }) => (MeetingSchedule.properties.duration = { type: "string" }),
    ["scheduleMeeting request duration type: string / integer"],
  ],
  [
    "a field that may be null",
    ({ MeetingSchedule }) => (MeetingSchedule.properties.notes.type = ["string", "null"]),
    ["scheduleMeeting request notes type: string or null / string"],
  ],
  [
    "a field that is required",
    ({ NewVisitor }) => (NewVisitor.required = ["phoneNumber"]),
    ["submitListener request visitor.phoneNumber required: required / optional"],
  ],
  [
    "a field that is not required any more",
    ({ MessageSend }) => delete MessageSend.required,
    ["sendMessage request text required: optional / required"],
  ],
  [
    "the values of an enumeration",
    ({ PhoneStatusItem }) => (PhoneStatusItem.properties.status = { enum: ["stop", "send"] }),
    ["updatePhoneStatuses request items[].status values: send, stop / send, and others"],
  ],
  [
    "a format",
    ({ MeetingSchedule }) => (MeetingSchedule.properties.followupAt.format = "date"),
    ["scheduleMeeting request followupAt format: date / date-time"],
  ],
  [
    "limits",
    ({ MessageSend }) => Object.assign(MessageSend.properties.text, { minLength: 1, maxLength: 1600 }),
    ["sendMessage request text limits: minLength 1, maxLength 1600 / any"],
  ],
  [
    "a parameter of the query",
    (_, document) =>
      operationOf(document, "listMeetings").parameters.push({
        name: "limit",
        in: "query",
        schema: { type: "integer" },
      }),
    ["listMeetings query limit added: optional / does not have it"],
  ],
  [
    "an answer of another kind",
    (_, document) => {
      operationOf(document, "uploadFile").responses["200"].content = { "text/plain": {} };
    },
    ["uploadFile response  body: text/plain / application/json"],
  ],
];
for (const [change, make, said, extra = {}] of changes) {
  test(`${change} is seen, and nothing else`, async () => {
    const document = ours();
    make(document.components.schemas, document);
    const found = await report(document);
    verdicts(found);
    assert.deepEqual(differences(found), said);
    assert.deepEqual(found.extraFields, extra);
    assert.equal(found.same, false);
  });
}

test("an extra field is known by the type that it belongs to", async () => {
  const document = ours();
  document.components.schemas.VisitorInfo.properties.tags = { type: "array", items: { enum: ["a", "b"] } };
  const found = await report(document);
  for (const name of ["triggerSequence", "updateVisitor", "sendMessage"]) {
    const [field] = of(found, name).extraFields;
    assert.deepEqual(field, {
      path: "visitor.tags",
      type: "VisitorInfo",
      valueType: '("a" | "b")[]',
      schema: { type: "array", items: { type: "string", enum: ["a", "b"] } },
    });
  }
});

/** @type {[place: string, change: (document: any) => void, expected: { baseUrl?: string, serverAssumed?: boolean, route?: string }][]} */
const places = [
  [
    "another host",
    (document) => (document.servers = [{ url: "https://eu.botsplash.com/open/v1/" }]),
    { baseUrl: "https://eu.botsplash.com/open/v1" },
  ],
  [
    "another version",
    (document) => (document.servers = [{ url: "https://api.botsplash.com/open/v2" }]),
    { baseUrl: "https://api.botsplash.com/open/v2" },
  ],
  ["no server", (document) => delete document.servers, { serverAssumed: true }],
  ["a path as its server", (document) => (document.servers = [{ url: "/open/v1" }]), { serverAssumed: true }],
];
for (const [place, change, { baseUrl, serverAssumed = false }] of places) {
  test(`a document with ${place} says which base URL to take`, async () => {
    const document = ours();
    change(document);
    const found = await report(document);
    assert.deepEqual([found.baseUrl, found.serverAssumed], [baseUrl, serverAssumed]);
    assert.deepEqual(found.routes, OUR_ROUTES);
  });
}

test("a relative server is told from the address of the document", async () => {
  const document = ours();
  document.servers = [{ url: "../v1" }];
  const found = await reportOn(JSON.stringify(document), "https://eu.botsplash.com/open/docs/openapi.json");
  assert.equal(found.baseUrl, "https://eu.botsplash.com/open/v1");
});

test("paths that end in slashes lose them, which is said", async () => {
  const document = ours();
  move(document, Object.fromEntries(Object.entries(OUR_ROUTES).map(([name, route]) => [name, `${route}/`])));
  const found = await report(document);
  assert.deepEqual(found.routes, OUR_ROUTES);
  assert.match(found.notes.join("\n"), /sendMessage: Their path ends in a slash/);
});

test("a kind of id that is written out is a placeholder, or two paths are one", async () => {
  const document = ours();
  move(document, { listMeetings: "GET /{appId}/visitor/clientVisitorId/{id}/meeting" });
  const one = await report(document);
  assert.equal(one.routes.listMeetings, OUR_ROUTES.listMeetings);
  assert.match(one.notes.join(), /listMeetings: Their path has clientVisitorId where the client has \{idType\}/);
  document.paths["/{appId}/visitor/clientAppId/{id}/meeting"] =
    document.paths["/{appId}/visitor/clientVisitorId/{id}/meeting"];
  const both = await report(document);
  assert.equal(both.routes.listMeetings, OUR_ROUTES.listMeetings);
  assert.deepEqual(both.notes, []);
});

/** @type {[path: string, said: RegExp][]} */
const inexpressible = [
  ["GET /{appId}/visitor/{idValue}/meeting", /no place for \{idType\}/],
  ["GET /{appId}/{region}/visitor/{idType}/{idValue}/meeting", /\{region\}, which the client cannot fill in/],
  ["GET /{appId}/visitor/{idType}({idValue})/meeting", /neither a plain word nor one placeholder/],
  ["GET /{a}/{b}/{c}/meeting", /nobody can tell which of \{a\}, \{b\}, \{c\}/],
  ["HEAD /{appId}/visitor/{idType}/{idValue}/meeting", /does not send HEAD/],
];
for (const [route, said] of inexpressible) {
  test(`the route ${route} cannot be pasted, which is said`, async () => {
    const document = ours();
    move(document, { listMeetings: route });
    const listMeetings = operationOf(document, "listMeetings");
    listMeetings.parameters = [];
    const found = await report(document);
    const one = of(found, "listMeetings");
    assert.equal(one.verdict, "inexpressible");
    assert.match(one.reasons.at(-1) ?? "", said);
    assert.equal(one.theirs, undefined);
  });
}

test("an operation of our name is ours, however little else is alike", async () => {
  const document = ours();
  for (const { operation } of operationsOf(document)) {
    // Sloppy descriptions leave the placeholders of their paths undeclared.
    delete operation.parameters;
    delete operation.summary;
    operation.tags = ["Divers"];
    const types = Object.values(operation.requestBody?.content ?? {});
    if (types.length > 0)
      operation.requestBody.content = { "application/vnd.acme+json": { schema: { type: "object" } } };
    operation.responses = { 204: { description: "Done" } };
  }
  const found = await report(document);
  const routes = found.operations.map(({ name, theirs }) => [name, theirs]);
  assert.deepEqual(Object.fromEntries(routes), OUR_ROUTES);
});

test("a webhook is not an operation, whatever its name", async () => {
  const document = ours();
  document.webhooks = { outgoing: { post: structuredClone(operationOf(document, "sendMessage")) } };
  remove(document, "sendMessage");
  verdicts(await report(document), { sendMessage: "missing" });
});

test("summaries in another language say nothing, and the fields decide", async () => {
  const [silent, french] = [ours(), ours()];
  silence(silent);
  silence(french);
  for (const { operation } of operationsOf(french)) operation.summary = "Déclenche quelque chose chez le prospect";
  const verdict = (/** @type {Awaited<ReturnType<typeof report>>} */ { operations }) =>
    operations.map(({ name, verdict, theirs }) => [name, verdict, theirs]);
  assert.deepEqual(verdict(await report(french)), verdict(await report(silent)));
});

test("operations on a host of their own cannot be reached, and the others can", async () => {
  const document = ours();
  const path = "/{appId}/visitor/{idType}/{idValue}/meeting";
  const item = { ...document.paths[path], servers: [{ url: "https://meetings.botsplash.com/v2" }] };
  document.components.pathItems = { Meetings: item };
  document.paths[path] = { $ref: "#/components/pathItems/Meetings" };
  const found = await report(document);
  verdicts(found, { listMeetings: "inexpressible", scheduleMeeting: "inexpressible" });
  assert.equal(found.baseUrl, undefined);
  assert.match(of(found, "listMeetings").reasons.join(), /host is not that of the others/);
  assert.match(found.notes.join(), /several hosts/);
});

test("of two hosts that are as good nobody can say which is meant", async () => {
  const document = ours();
  document.servers = [{ url: "https://one.example" }];
  for (const name of NAMES.slice(1)) remove(document, name);
  const [path] = Object.keys(document.paths).filter((path) => Object.keys(document.paths[path]).length > 0);
  const other = structuredClone(operationOf(ours(), "uploadFile"));
  document.paths["/{appId}/upload"] = { post: other, servers: [{ url: "https://two.example" }] };
  assert.ok(path);
  const found = await report(document);
  assert.deepEqual([found.routes, found.baseUrl], [{}, undefined]);
});

test("credentials that the client cannot send are said, and those that are missing", async () => {
  const document = ours();
  document.components.securitySchemes = {
    basic: { type: "http", scheme: "Basic" },
    token: { type: "http", scheme: "bearer" },
    header: { type: "apiKey", in: "header", name: "X-Api-Key" },
  };
  const { security, securityMissing, same } = await report(document);
  assert.deepEqual(security, [
    { name: "basic", scheme: "HTTP Basic", known: true },
    { name: "token", scheme: "HTTP bearer", known: false },
    { name: "header", scheme: 'API key "X-Api-Key" in the header', known: false },
  ]);
  assert.deepEqual(securityMissing, ['API key "api_key" in the query']);
  assert.equal(same, false);
});

test("what is pasted into Rust is written as the crate's own example is", async () => {
  const text = reportInWords(await report(ours()), paintFor(/** @type {any} */ ({})));
  const route = '.route(&SendMessage::ENDPOINT, "POST /{appId}/message';
  assert.ok(text.includes(`    ${route}")?`), text);
  assert.ok(readFileSync(at("src/core/config.rs"), "utf8").includes(route));
});

test("what is pasted into Rust sends each field that the crate does not know, by the crate's own method", async () => {
  const document = ours();
  Object.assign(document.components.schemas.VisitorInfo.properties, {
    nickName: { type: "string" },
    type: { type: "string" },
  });
  const text = reportInWords(await report(document), paintFor(/** @type {any} */ ({})));
  const call = [
    "// Each SendMessage, with what it has of these:",
    "let call = call",
    '    .extra_field("visitor.nickName", nick_name)',
    '    .extra_field("visitor.type", type_);',
  ];
  assert.ok(text.includes(call.join("\n")), text);
  assert.doesNotMatch(
    text.slice(text.indexOf("In Rust:"), text.indexOf("As JSON:")),
    /extraFields|SubmitListener, with/,
  );
  const crate = readFileSync(at("src/core/operation.rs"), "utf8");
  assert.match(crate, /fn extra_field\(self, path: impl Into<String>, value: impl Into<Json>\)/);

  const same = reportInWords(await report(ours()), paintFor(/** @type {any} */ ({})));
  assert.doesNotMatch(same, /extra_field/);
});
