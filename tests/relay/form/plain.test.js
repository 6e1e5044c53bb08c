import assert from "node:assert/strict";
import test from "node:test";
import { startForm } from "../support/form.js";

const TEXT = ["3334445555: Welcome!"];

test("a form without JavaScript sends one lead and leads to the page of thanks", async () => {
  const form = await startForm();
  const { page, button, fill, posts } = await form.visit({ javaScriptEnabled: false });
  await fill();
  await button.click();
  await page.getByRole("heading", { name: "Thanks" }).waitFor();
  assert.deepEqual(await form.texts(1), TEXT);
  assert.equal(posts.length, 1);
});

test("a form whose script does not load sends one lead and leads to the page of thanks", async () => {
  const form = await startForm();
  const { page, button, fill } = await form.visit();
  await page.route("**/form-auto.js", (route) => route.abort());
  await page.reload();
  await fill();
  await button.click();
  await page.getByRole("heading", { name: "Thanks" }).waitFor();
  assert.deepEqual(await form.texts(1), TEXT);
});

test("a form whose script finds a browser that lacks what it needs is sent without it", async () => {
  const form = await startForm();
  const { page, button, fill } = await form.visit();
  await page.addInitScript("delete globalThis.fetch");
  await page.reload();
  await fill();
  await button.click();
  await page.getByRole("heading", { name: "Thanks" }).waitFor();
  assert.deepEqual(await form.texts(1), TEXT);
});
