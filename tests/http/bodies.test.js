// A response's body is what JSON.parse makes of it. tests/bodies.rs holds the crate to the same list.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { connect, failure } from "./support/failure.js";
import { serve } from "./support/scripted-server.js";

/** @type {{ name: string, body?: string, hex?: string, answer?: string }[]} */
const list = JSON.parse(readFileSync(new URL("../shared/bodies.json", import.meta.url), "utf8"));

const bytes = list.map(({ body = "", hex }) => (hex ? Buffer.from(hex, "hex") : Buffer.from(body)));

/** Half a letter becomes an unknown one, since texts in Rust hold no halves. @param {string} _ @param {unknown} value */
const whole = (_, value) => (typeof value === "string" ? /** @type {any} */ (value).toWellFormed() : value);

test("a body is what JSON.parse makes of it", async (t) => {
  assert.ok(list.length > 70);
  /** @type {import("./support/scripted-server.js").Behavior[]} */
  const script = bytes.map((body) => (response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
  const server = await serve(t, ...script);
  const client = connect(server);
  for (const { name, answer } of list) {
    const call = client.sendMessage({ text: "hi" });
    if (answer !== undefined) {
      assert.equal(JSON.stringify(await call, whole), answer, name);
      continue;
    }
    const { code, delivery, attempts } = await failure(call);
    assert.deepEqual([code, delivery, attempts.length], ["decode", "accepted", 1], name);
  }
});
