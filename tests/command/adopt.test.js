// The maintainers' command: a description turns up, and our files follow it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { reportOn } from "../../command/contract/report.ts";
import { adopt } from "../../scripts/contract/adopt.js";
import { at } from "../../scripts/lib/paths.js";
import { move, operationsOf, ours, remove } from "./documents.js";

const read = (/** @type {string} */ file) => readFileSync(at(file), "utf8");

const ROUTES = {
  submitListener: "PUT /accounts/{appId}/listeners/{id}",
  uploadFile: "POST /files/{appId}",
  triggerSequence: "PATCH /{appId}/sequences/{id}",
  updateVisitor: "PATCH /{appId}/people/{idType}/{idValue}",
  callVisitorAction: "PUT /{appId}/people/{idType}/{idValue}/do/{actionId}",
  listMeetings: "GET /{appId}/calendar/{idType}/{idValue}",
  scheduleMeeting: "POST /{appId}/calendar/{idType}/{idValue}",
  sendMessage: "POST /{appId}/texts",
  updatePhoneStatuses: "PUT /{appId}/numbers",
};

/** @param {unknown} document */
const adopted = async (document) => adopt(await reportOn(JSON.stringify(document)), read);

test("routes go into the contract, the crate, the declarations, the guide and the relay", async () => {
  const document = ours();
  move(document, ROUTES);
  const { changed, left } = await adopted(document);
  assert.deepEqual(left, []);
  const contract = JSON.parse(changed.get("openapi.json") ?? "");
  assert.deepEqual(
    Object.fromEntries(
      operationsOf(contract).map(({ path, method, operation }) => [
        operation.operationId,
        `${method.toUpperCase()} ${path} ${operation["x-route"]}`,
      ]),
    ),
    Object.fromEntries(Object.entries(ROUTES).map(([name, route]) => [name, `${route} published`])),
  );
  for (const [name, route] of Object.entries(ROUTES)) {
    const [method = "", path = ""] = route.split(" ");
    const file = `src/api/${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}.rs`;
    const endpoint = changed.get(file) ?? "";
    assert.match(endpoint, new RegExp(`method: Method::${method}`, "i"), file);
    assert.ok(endpoint.includes(`path: "${path}"`), file);
    assert.doesNotMatch(endpoint, /assumed|Assumed/, file);
    const row = changed.get("docs/client.md")?.match(new RegExp(`^\\| \`${name}\`.*$`, "m"))?.[0];
    assert.ok(row?.endsWith(` \`${route}\` | published |`), name);
    if (name !== "submitListener") {
      const proxied = new RegExp(
        `\\b${name}: \\{\\s*method: "${method}",\\s*path: "${path.replace(/[{}]/g, "\\$&")}",`,
      );
      assert.match(changed.get("relay/operations.ts") ?? "", proxied);
    }
  }
  assert.doesNotMatch(changed.get("src/js/client.d.ts") ?? "Route: assumed", /Route: assumed/);
});

test("routes that were right are published from then on", async () => {
  const { changed, left } = await adopted(ours());
  assert.deepEqual(left, []);
  assert.doesNotMatch(changed.get("openapi.json") ?? 'assumed"', /"x-route": "assumed"/);
  assert.equal(changed.has("relay/operations.ts"), false);
  assert.equal(changed.has("src/api/submit_listener.rs"), false);
});

test("fields that were missing go into the contract; what needs a judgment is left and said", async () => {
  const document = ours();
  const { VisitorInfo, MessageSend } = document.components.schemas;
  const nickname = { type: "string", maxLength: 40, description: "A name among friends." };
  VisitorInfo.properties.nickname = nickname;
  MessageSend.properties.text.maxLength = 1600;
  remove(document, "uploadFile");
  const { changed, left } = await adopted(document);
  const { schemas } = JSON.parse(changed.get("openapi.json") ?? "").components;
  assert.deepEqual(schemas.VisitorInfo.properties.nickname, nickname);
  assert.deepEqual(left, [
    "uploadFile is missing: None of theirs looks like it.",
    "sendMessage, request text: limits, theirs maxLength 1600; ours any",
  ]);
});
