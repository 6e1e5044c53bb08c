// Documents that cannot be read, or that want to do harm, get one sentence, the status 2, and nothing on standard output.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { reportOn } from "../../command/contract/report.ts";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { operationOf, ours } from "./documents.js";
import { limits, run } from "./run-command.js";

/** @param {(document: any) => void} change */
const changed = (change) => {
  const document = ours();
  change(document);
  return JSON.stringify(document);
};

const bomb = `openapi: 3.1.0\na: &a [x, x, x, x, x, x, x, x, x, x]\n${"abcdefghi"
  .split("")
  .slice(1)
  .map((name, index) => {
    const below = `*${"abcdefghi"[index]}`;
    return `${name}: &${name} [${Array(10).fill(below).join(", ")}]\n`;
  })
  .join("")}paths: { /x: { get: *i } }\n`;

/** Each schema is made of ten of the next. @param {any} document */
const multiply = ({ components: { schemas } }) => {
  for (let level = 0; level < 20; level += 1) {
    schemas[`Level${level}`] = {
      allOf: Array.from({ length: 10 }, () => ({ $ref: `#/components/schemas/Level${level + 1}` })),
    };
  }
  schemas.Level20 = { type: "object" };
  schemas.Visitor = { $ref: "#/components/schemas/Level0" };
};

/** @type {[name: string, text: string, said: RegExp][]} */
const unreadable = [
  ["nothing", "", /The document is empty\./],
  ["white space", " \n\t\n", /The document is empty\./],
  ["a picture", "\u0089PNG\r\n\u001a\n\0\0\0", /not a text in UTF-8/],
  ["a word", "hello", /not an OpenAPI description: it is not an object/],
  ["a list", "[1, 2]", /it is not an object/],
  ["JSON of another kind", '{"info": {"name": "x"}, "item": []}', /it has no field "openapi"/],
  [
    "JSON that breaks off",
    changed(() => {}).slice(0, 5000),
    /neither valid JSON nor valid YAML \(line 1, column 5001\)/,
  ],
  ["broken YAML", "openapi: 3.1.0\npaths:\n  - a\n b: [", /neither valid JSON nor valid YAML \(line \d+, column \d+\)/],
  ["YAML with a tab", "openapi: 3.1.0\npaths:\n\t/x: {}\n", /neither valid JSON nor valid YAML/],
  [
    "YAML with a path twice",
    "openapi: 3.1.0\npaths:\n  /x: {}\n  /x: {}\n",
    /neither valid JSON nor valid YAML \(line 4/,
  ],
  ["Swagger 2.0", '{"swagger": "2.0", "paths": {"/x": {}}}', /Swagger 2\.0: convert it/],
  ["OpenAPI 4", '{"openapi": "4.0.0", "paths": {"/x": {}}}', /another version of OpenAPI/],
  ["no paths", '{"openapi": "3.1.0"}', /no paths/],
  ["empty paths", '{"openapi": "3.1.0", "paths": {}}', /no paths/],
  [
    "a page without a document",
    "<!doctype html><title>API</title><p>Hello</p>",
    /holds no OpenAPI description: use its button/,
  ],
  ["a page that loads it", '<html><redoc spec-url="./openapi.json"></redoc></html>', /loads it from another address/],
  [
    "a page with two",
    `<html><script>a=${changed(() => {})}</script><script>b=${changed((document) => (document.info.title = "x"))}</script>`,
    /holds 2 different descriptions/,
  ],
  ["a YAML bomb", bomb, /grows beyond the limit/],
  ["YAML without end", `openapi: 3.1.0\nx: ${"[".repeat(50_000)}\n`, /neither valid JSON nor valid YAML|grows beyond/],
  ["10 MB", JSON.stringify({ openapi: "3.1.0", paths: {}, x: "x".repeat(10 * 1024 * 1024) }), /larger than the 8 MB/],
  ["7 MB of YAML", `openapi: 3.1.0\nx: ${"x".repeat(7 * 1024 * 1024)}\n`, /more than the 2 MB that are read as YAML/],
  [
    "a reference to itself",
    changed(({ components }) => (components.schemas.Visitor = { $ref: "#/components/schemas/Visitor" })),
    /references lead back to themselves/,
  ],
  [
    "references in a circle",
    changed(({ components }) => {
      components.schemas.Visitor = { $ref: "#/components/schemas/Other" };
      components.schemas.Other = { $ref: "#/components/schemas/Visitor" };
    }),
    /references lead back to themselves/,
  ],
  ["schemas that multiply", changed(multiply), /multiply beyond the limit/],
];
for (const [name, text, said] of unreadable) {
  test(`${name} gets one sentence`, limits, async (t) => {
    const { code, stdout, stderr } = await run(t, ["contract", "-"], { input: text });
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, said);
    assert.match(stderr, /^botsplash contract: [^\n]+\.\n$/);
  });
}

/** @type {[name: string, change: (document: any) => void][]} */
const harmless = [
  [
    "a schema with a part like itself",
    ({ components: { schemas } }) =>
      (schemas.MeetingList.properties.next = { $ref: "#/components/schemas/MeetingList" }),
  ],
  [
    "a schema that is a part of itself",
    ({ components: { schemas } }) => (schemas.MeetingList.allOf = [{ $ref: "#/components/schemas/MeetingList" }]),
  ],
  [
    "names that objects have by nature",
    (document) => {
      document.components.schemas.MessageSend.properties.constructor = { type: "string" };
      document.components.schemas["__proto__x"] = { type: "object" };
      document.paths["/constructor"] = { get: { operationId: "toString", responses: { 200: {} } } };
    },
  ],
  ["a reference to nature", (document) => (document.paths["/x"] = { $ref: "#/constructor/prototype" })],
  [
    "a reference to elsewhere",
    ({ components }) => (components.schemas.Team = { $ref: "https://elsewhere.example/team.json" }),
  ],
  [
    "an object that is deep",
    ({ components: { schemas } }) => {
      let schema = { type: "string" };
      for (let level = 0; level < 2000; level += 1)
        schema = /** @type {any} */ ({ type: "object", properties: { a: schema } });
      schemas.MeetingList.properties.deep = schema;
    },
  ],
  [
    "values of every wrong type",
    (document) => {
      document.paths["/a"] = null;
      document.paths["/b"] = { get: "x", post: { parameters: {}, requestBody: [], responses: "x", tags: 7 } };
      document.paths["/c"] = {
        get: { parameters: [null, 7, { name: 7, in: [] }], responses: { 200: { content: [] } } },
      };
      document.paths["x-note"] = "x";
      document.tags = 7;
      document.components.securitySchemes.odd = 7;
    },
  ],
  [
    "two thousand operations",
    (document) => {
      for (let index = 0; index < 2000; index += 1) document.paths[`/x/${index}`] = { get: { responses: {} } };
    },
  ],
];
for (const [name, change] of harmless) {
  test(`${name} does no harm`, limits, async () => {
    const { operations } = await reportOn(changed(change));
    assert.ok(operations.every(({ verdict }) => verdict === "same"));
  });
}

test("a page of parentheses without end is given up", limits, async () => {
  for (const page of [
    `<html>${"<script>".repeat(50_000)}`,
    `<html>${'{"openapi":"'.repeat(50_000)}`,
    `<html>${'\\"openapi\\":'.repeat(50_000)}`,
    `<html>${"<pre><a ".repeat(50_000)}</pre>`,
    `<html>${'"openapi: '.repeat(50_000)}`,
    `<html>${'href="data:,'.repeat(50_000)}`,
  ]) {
    await assert.rejects(reportOn(page), /holds no OpenAPI description/);
  }
});

test("nothing in a document steers the terminal or runs when it is pasted", limits, async (t) => {
  const text = changed((document) => {
    document.info.title = "\u001b[2J\u001b]0;title\u0007Title\u202e\nmore";
    document.paths["/\u001b[31m/x"] = { get: { operationId: "a\u009bb", summary: "c\rd", responses: {} } };
    operationOf(document, "sendMessage").summary = "\u001b[0m";
    document.paths['/{appId}/");process.exit(7);("'] = document.paths["/{appId}/message"];
    delete document.paths["/{appId}/message"];
  });
  const { code, stdout } = await run(t, ["contract", "-"], { input: text });
  assert.equal(code, 1);
  assert.doesNotMatch(stdout.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
  assert.match(stdout, /sendMessage +inexpressible/);
});

test("files that cannot be read get a sentence", limits, async (t) => {
  const folder = temporaryFolder();
  /** @type {[file: string, said: RegExp][]} */
  const files = [
    [join(folder, "none.json"), /There is no such file\./],
    ["C:\\api\\openapi.yaml", /There is no such file\./],
    [folder, /That is a folder: expected a file\./],
  ];
  for (const [file, said] of files) {
    const { code, stderr } = await run(t, ["contract", file]);
    assert.equal(code, 2);
    assert.match(stderr, said);
  }
  const written = join(folder, "missing", "routes.json");
  const { code, stderr } = await run(t, ["contract", "-", "--write", written], { input: JSON.stringify(ours()) });
  assert.equal(code, 2);
  assert.match(stderr, /cannot be written to that file \(ENOENT\)/);
});

test("a file in UTF-16 is read", limits, async (t) => {
  const input = Buffer.from(`\uFEFF${JSON.stringify(ours())}`, "utf16le");
  assert.equal((await run(t, ["contract", "-"], { input })).code, 0);
});

test("an address is fetched; a page's own address of the document is followed", limits, async (t) => {
  const server = createServer((request, response) => {
    if (request.url === "/docs/") return response.end('<html><redoc spec-url="../api.json"></redoc></html>');
    if (request.url === "/moved") return response.writeHead(302, { location: "/api.json" }).end();
    if (request.url === "/api.json") return response.end(JSON.stringify(ours()));
    if (request.url === "/large") return response.end("x".repeat(9 * 1024 * 1024));
    if (request.url === "/torn") return response.write("{", () => response.destroy());
    return response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const address = `http://127.0.0.1:${port}`;
  for (const path of ["/docs/", "/moved", "/api.json"]) {
    assert.equal((await run(t, ["contract", `${address}${path}`])).code, 0, path);
  }
  /** @type {[address: string, said: RegExp][]} */
  const wrong = [
    [`${address}/none`, /answered with the status 404/],
    [`${address}/large`, /larger than the 8 MB/],
    [`${address}/torn`, /broke off/],
    ["http://127.0.0.1:1/api.json", /cannot be reached \(ECONNREFUSED\)|cannot be reached/],
    [`http://user:secret@127.0.0.1:${port}/api.json`, /holds credentials/],
    ["https://", /not a URL/],
  ];
  for (const [one, said] of wrong) {
    const { code, stderr } = await run(t, ["contract", one]);
    assert.equal(code, 2, one);
    assert.match(stderr, said);
    assert.doesNotMatch(stderr, /secret/);
  }
});
