// A relay's options, as an editor sees them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile, readable } from "./compiler.js";

test("relay.ts compiles where a Worker's types are the web's", () => {
  assert.equal(readable(compile(["relay.ts"])), "");
});
