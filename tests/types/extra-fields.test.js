// An extra field is typed by adding it to the interface that lacks it.
// cspell:ignore Listner
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile, readable } from "./compiler.js";

const use = `
const client = new Botsplash({ appId: "acme", extraFields: { submitListener: ["visitor.nickname"] } });
client.submitListener("welcome", { visitor: { nickname: "Jay" } });
`;
const head = 'import { Botsplash } from "botsplash";\n';

test("a field that is declared compiles, with its type", () => {
  const declared = `${head}declare module "botsplash" { interface NewVisitor { nickname?: string } }\n${use}`;
  assert.equal(readable(compile(["declared.ts"], { "declared.ts": declared })), "");
  const wrong = declared.replace('"Jay"', "7");
  assert.match(
    readable(compile(["declared.ts"], { "declared.ts": wrong })),
    /'number' is not assignable to type 'string'/,
  );
});

test("a field that is not declared does not compile, nor does an operation that is none", () => {
  assert.match(
    readable(compile(["bare.ts"], { "bare.ts": head + use })),
    /'nickname' does not exist in type 'NewVisitor'/,
  );
  const misspelt = `${head}new Botsplash({ appId: "acme", extraFields: { submitListner: [] } });`;
  assert.match(readable(compile(["bare.ts"], { "bare.ts": misspelt })), /'submitListner' does not exist in type/);
});
