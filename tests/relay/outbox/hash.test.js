import assert from "node:assert/strict";
import test from "node:test";
import { canonical, hash } from "../../../relay/outbox/hash.ts";
import { beginningOf, newId } from "../../../relay/outbox/id.ts";
import { systemRuntime } from "../../../relay/runtime.ts";

const random = () => systemRuntime.randomBytes(10);

test("two submissions that say the same are the same, in whatever order", () => {
  const one = { visitor: { firstName: "Jane", extendedAttributes: { a: [1, { c: 2, b: 3 }], z: null } }, args: {} };
  const other = { args: {}, visitor: { extendedAttributes: { z: null, a: [1, { b: 3, c: 2 }] }, firstName: "Jane" } };
  assert.equal(canonical(one), canonical(other));
});

test("white space around a text, its line ends, the spelling of an accent and a null make no difference", () => {
  const visitor = { firstName: "Zoé", lastName: "Doe" };
  const one = { visitor, args: { message: "One\nTwo" } };
  const other = {
    visitor: { firstName: " Zoe\u0301", lastName: "Doe ", email: null },
    args: { message: "One\r\nTwo" },
  };
  assert.equal(canonical(one), canonical(other));
  assert.notEqual(canonical({ ...one, args: { message: "One Two" } }), canonical(one));
});

test("two submissions that differ in a value, a type, a name or the order of a list differ", () => {
  const variants = [
    { a: 1 },
    { a: "1" },
    { b: 1 },
    { a: [1, 2] },
    { a: [2, 1] },
    {},
    JSON.parse('{"__proto__":{"a":1}}'),
  ];
  assert.equal(new Set(variants.map(canonical)).size, variants.length);
});

test("a hash is SHA-256", async () => {
  assert.equal(await hash("abc", systemRuntime), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
});

test("an id is a UUID of version 7, and sorts by time", () => {
  const now = Date.UTC(2026, 10, 23);
  const id = newId(now, random());
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(newId(now - 1, random()) < beginningOf(now) && beginningOf(now) < id && id < beginningOf(now + 1));
  assert.notEqual(newId(now, random()), newId(now, random()));
});
