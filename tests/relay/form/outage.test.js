import assert from "node:assert/strict";
import test from "node:test";
import { startForm } from "../support/form.js";

const TEXT = "3334445555: Welcome!";
const SENT = "Thank you. It is sent.";
const WAITING = "No answer yet. Trying again…";
const FAILED = "It may not have arrived. Please try again.";

/** From now on, the page's time passes only when it is told to. @param {import("playwright-core").Page} page */
const stopClock = async (page) => {
  await page.clock.install({ time: 0 });
  await page.reload();
  await page.clock.pauseAt(60_000);
};

const cors = { "access-control-allow-origin": "*", "access-control-expose-headers": "Retry-After" };

test("a form that is sent without a connection is sent once, when the connection is back", async () => {
  const form = await startForm();
  const { page, context, button, status, fill, keys, shoot } = await form.visit();
  await stopClock(page);
  await fill();
  await context.setOffline(true);
  await button.click();
  await status.getByText(WAITING).waitFor();
  await shoot("form-offline");
  assert.equal(await button.isDisabled(), true);
  await page.clock.runFor(300_000);
  await status.getByText(WAITING).waitFor();
  await context.setOffline(false);
  await status.getByText(SENT).waitFor();
  assert.equal(new Set(keys()).size, 1);
  assert.deepEqual(await form.texts(1), [TEXT]);
});

test("a form that is sent while the relay is down is sent once, when the relay is back", async () => {
  const form = await startForm();
  const { button, status, fill, keys } = await form.visit();
  await fill();
  await form.relay.kill();
  form.gate.pass();
  const open = form.gate.hold();
  await button.click();
  await status.getByText(WAITING).waitFor();
  await form.relay.restart();
  // Else the relay might come back between a post that failed and the script's look whether it is the post alone.
  open();
  await status.getByText(SENT).waitFor();
  assert.ok(keys().length > 1);
  assert.equal(new Set(keys()).size, 1);
  assert.deepEqual(await form.texts(1), [TEXT]);
});

test("a lead whose answer was lost is sent again under the same key, and is one lead", async () => {
  const form = await startForm();
  const { page, button, status, fill, keys } = await form.visit();
  await page.route(
    form.action,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await fill();
  await button.click();
  await status.getByText(SENT).waitFor();
  assert.equal(keys().length, 2);
  assert.equal(new Set(keys()).size, 1);
  assert.deepEqual(await form.texts(1), [TEXT]);
});

for (const [name, answer] of /** @type {const} */ ([
  ["a page where a relay should be", { status: 200, body: "<!doctype html>Welcome", contentType: "text/html" }],
  ["a redirect to a page", { status: 302, headers: { ...cors, location: "/thanks" } }],
  ["a broken answer", { status: 202, body: '{"success":tr', contentType: "application/json" }],
  ["an answer of 500", { status: 500, json: { code: "unavailable" } }],
])) {
  test(`${name} is not taken for success: the lead is sent again under the same key`, async () => {
    const form = await startForm();
    const { page, button, status, fill, keys } = await form.visit();
    await page.route(form.action, (route) => route.fulfill({ headers: cors, ...answer }), { times: 1 });
    await fill();
    await button.click();
    await status.getByText(SENT).waitFor();
    assert.equal(new Set(keys()).size, 1);
    assert.deepEqual(await form.texts(1), [TEXT]);
  });
}

for (const code of [429, 503]) {
  test(`a ${code} is heeded: the lead is sent again when Retry-After says so`, async () => {
    const form = await startForm();
    const { page, button, status, fill, keys, posts } = await form.visit();
    await stopClock(page);
    const refusal = { status: code, json: { code: "busy" }, headers: { ...cors, "retry-after": "60" } };
    await page.route(form.action, (route) => route.fulfill(refusal), { times: 1 });
    await fill();
    await button.click();
    await status.getByText(WAITING).waitFor();
    assert.equal(await button.isDisabled(), true);
    await page.clock.runFor(59_900);
    assert.equal(posts.length, 1);
    await page.clock.runFor(200);
    await status.getByText(SENT).waitFor();
    assert.equal(new Set(keys()).size, 1);
    assert.deepEqual(await form.texts(1), [TEXT]);
  });
}

test("a relay that asks for more than two minutes is not waited for", async () => {
  const form = await startForm();
  const { page, button, alert, fill } = await form.visit();
  const refusal = { status: 503, json: {}, headers: { ...cors, "retry-after": "300" } };
  await page.route(form.action, (route) => route.fulfill(refusal));
  await fill();
  await button.click();
  await alert.getByText(FAILED).waitFor();
  assert.equal(await button.isEnabled(), true);
});

test("a form is sent seven times and no more, and can then be sent again by hand", async () => {
  const form = await startForm();
  const { page, button, status, alert, fill, keys, posts, phone, shoot } = await form.visit();
  await stopClock(page);
  await page.route(form.action, (route) => route.fulfill({ status: 500, headers: cors, json: {} }));
  await fill();
  await button.click();
  for (let attempt = 1; attempt < 7; attempt++) {
    await status.getByText(WAITING).waitFor();
    assert.equal(posts.length, attempt);
    await page.clock.runFor(1000 * 2 ** (attempt - 1));
  }
  await alert.getByText(FAILED).waitFor();
  await shoot("form-failed");
  assert.equal(posts.length, 7);
  assert.equal(await phone.inputValue(), "3334445555");

  await page.unroute(form.action);
  await button.click();
  await status.getByText(SENT).waitFor();
  assert.equal(await alert.textContent(), "");
  assert.equal(new Set(keys()).size, 1);
  assert.deepEqual(await form.texts(1), [TEXT]);
});

test("typing ends the waiting, and what is sent then is what the person has written", async () => {
  const form = await startForm();
  const { context, button, status, alert, fill, phone, posts } = await form.visit();
  await fill();
  await context.setOffline(true);
  await button.click();
  await status.getByText(WAITING).waitFor();
  await phone.fill("3334445556");
  await alert.getByText(FAILED).waitFor();
  assert.equal(await button.isEnabled(), true);
  await context.setOffline(false);
  await button.click();
  await status.getByText(SENT).waitFor();
  assert.equal(posts.at(-1)?.get("phoneNumber"), "3334445556");
  assert.deepEqual(await form.texts(1), ["3334445556: Welcome!"]);
});
