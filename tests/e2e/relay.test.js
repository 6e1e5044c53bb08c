// The page before a relay that takes a lead in at once, and brings it to the API in its own time.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, test } from "node:test";
import { demoCredentials } from "../../sandbox/index.ts";
import { startServer } from "../../sandbox/server.ts";
import { buildPage, serve } from "./page-site.js";
import { visitors } from "./visitors.js";

/** @type {Awaited<ReturnType<typeof startServer>>} */
let api;
/** @type {string} */
let built;
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;
/** The relay's work on a lead once it has answered. @type {(path: string, body: string) => Promise<unknown>} */
let deliver;
/** How often the page has looked at the phone. */
let looks = 0;

before(async () => {
  api = await startServer();
  built = await buildPage();
  site = await serve(built, (request, response) => {
    const { url = "", method } = request;
    if (url.startsWith("/_sandbox/")) {
      if (url.endsWith("texts")) looks += 1;
      void text(request)
        .then((body) => fetch(`${api.origin}${url}`, { method, ...(body.length > 0 && { body }) }))
        .then(async (answer) => response.writeHead(answer.status).end(await answer.text()));
      return true;
    }
    if (!url.startsWith("/relay/")) return false;
    void text(request).then((body) => {
      const answer = { success: true, requestId: randomUUID() };
      response.writeHead(202, { "content-type": "application/json" }).end(JSON.stringify(answer));
      return deliver(url.slice("/relay".length), body);
    });
    return true;
  });
});
after(async () => {
  site.close();
  await api.close();
});
beforeEach(() => {
  api.sandbox.reset();
  deliver = send;
  looks = 0;
});
const open = visitors(() => site.url);

/** @param {string} path @param {string} body */
const send = (path, body) => {
  const [{ username, password }] = demoCredentials;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  return fetch(`${api.url}${path}`, {
    method: "POST",
    body,
    headers: { authorization, "content-type": "application/json" },
  });
};

test("a lead that a relay takes in is followed to the API and to the phone", async () => {
  const { page, lead, target, texts } = await open();
  await target("A relay");
  await page.getByText("No texts yet.").waitFor();
  let release = () => {};
  const held = new Promise((resolve) => (release = () => resolve(undefined)));
  deliver = async (path, body) => {
    await held;
    await send(path, body);
  };
  assert.equal(await lead.run(), "Taken in");
  await page.getByText("Waiting for the relay to deliver it.").waitFor();
  assert.match(await lead.legs.innerText(), /202 Accepted/);
  assert.equal(await texts.count(), 0);
  release();
  await texts.first().waitFor();
  assert.match(await page.locator(".leg.later").innerText(), /by the relay\s+200\s+texted/);
  assert.equal(await page.getByText("Waiting for the relay to deliver it.").count(), 0);
  assert.equal(api.sandbox.texts.length, 1);
});

test("a lead whose answer a relay did not get is said to wait for somebody, and not to be sent again", async () => {
  const { page, lead, target, texts } = await open();
  await target("A relay");
  await page.getByText("No texts yet.").waitFor();
  deliver = (path, body) => send(path, body).catch(() => undefined);
  await lead.onTheWay("Response lost");
  assert.equal(await lead.run(), "Taken in");
  await page.getByText("does not send again on a guess").waitFor();
  assert.match(await page.locator(".leg.later").innerText(), /no response\s+texted/);
  assert.equal(await texts.count(), 1);
});

test("what a relay asks beforehand is told apart from the lead, and refused credentials are told at once", async () => {
  const { page, lead, target } = await open();
  await target("A relay");
  await page.getByText("No texts yet.").waitFor();
  deliver = async (path, body) => {
    await fetch(`${api.url}${path}`, { method: "HEAD" });
    await send(path, body);
  };
  await lead.onTheWay("Credentials refused");
  assert.equal(await lead.run(), "Taken in");
  await page.getByText("The API refused the relay's credentials.").waitFor();
  const [probe, post] = await page.locator(".leg.later").allInnerTexts();
  assert.match(probe, /is it there\?\s+\d+/);
  assert.match(post, /by the relay\s+401/);
});

test("what a relay does not deliver is not waited for without end", async () => {
  const { page, lead, target } = await open();
  await target("A relay");
  await page.getByText("No texts yet.").waitFor();
  deliver = async () => {};
  await page.clock.install();
  await lead.submit.click();
  await page.getByText("Waiting for the relay to deliver it.").waitFor();
  const given = page.getByText("No new text has come.");
  for (let turns = 0; turns < 200 && !(await given.count()); turns += 1) await page.clock.runFor(250);
  await given.waitFor();
  const seen = looks;
  await page.clock.runFor(5000);
  assert.equal(looks, seen, "it looks no more");
});
