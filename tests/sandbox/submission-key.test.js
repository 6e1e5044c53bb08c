// The same submission key is the same lead, as it is to a relay.
import assert from "node:assert/strict";
import { inBothModes } from "./box.js";
import { samples } from "./samples.js";

const path = "/app/listener/botsplash/welcome";
const { visitor, args } = samples.listener;

inBothModes("the same key twice texts once, and is answered alike", async ({ post, sandbox }) => {
  const first = await (await post(`${path}?submissionKey=one`, { visitor, args })).json();
  const second = await post(`${path}?submissionKey=one`, { args, visitor });
  assert.equal(second.status, 200);
  assert.deepEqual(await second.json(), first);
  assert.equal(sandbox.texts.length, 1);
  assert.equal(sandbox.submissions.length, 1);
  assert.equal(sandbox.ledger.length, 1);
});

inBothModes("another key, another listener and another account are other leads", async ({ post, sandbox }) => {
  for (const other of [
    `${path}?submissionKey=one`,
    `${path}?submissionKey=two`,
    `${path.replace("welcome", "bye")}?submissionKey=one`,
    `${path.replace("app", "other")}?submissionKey=one`,
    path,
    path,
  ]) {
    assert.equal((await post(other, samples.listener)).status, 200);
  }
  assert.equal(sandbox.texts.length, 6);
});

inBothModes("the same key with other content is a 422", async ({ post, sandbox }) => {
  await post(`${path}?submissionKey=one`, { visitor, args });
  const other = await post(`${path}?submissionKey=one`, { visitor, args: { message: "Other" } });
  assert.equal(other.status, 422);
  assert.equal((await other.json()).error.code, "key_conflict");
  assert.equal(sandbox.texts.length, 1);
});

inBothModes("a key that cannot be one is a 422", async ({ post, sandbox }) => {
  for (const key of ["", "a%20b", "x".repeat(65), "%C3%A4"]) {
    assert.equal((await post(`${path}?submissionKey=${key}`, { visitor })).status, 422, key);
  }
  assert.deepEqual(sandbox.texts, []);
});

inBothModes("a submit that was refused does not use up its key", async ({ post, sandbox }) => {
  assert.equal((await post(`${path}?submissionKey=one`, { visitor: 7 })).status, 400);
  sandbox.fault({ status: 503 });
  assert.equal((await post(`${path}?submissionKey=one`, { visitor })).status, 503);
  assert.equal((await post(`${path}?submissionKey=one`, { visitor })).status, 200);
  assert.equal(sandbox.texts.length, 1);
});

inBothModes("a lost response and a second try are one lead", async ({ post, sandbox }) => {
  sandbox.fault({ reset: true, when: "after" });
  await assert.rejects(post(`${path}?submissionKey=one`, { visitor }), TypeError);
  assert.equal((await post(`${path}?submissionKey=one`, { visitor })).status, 200);
  assert.equal(sandbox.texts.length, 1);
});

inBothModes("reset() forgets keys too", async ({ post, sandbox }) => {
  await post(`${path}?submissionKey=one`, { visitor, args });
  sandbox.reset();
  await post(`${path}?submissionKey=one`, { visitor, args });
  assert.equal(sandbox.texts.length, 1);
});
