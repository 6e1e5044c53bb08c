// The demo as a user starts it: the page on its server, and its relay before a sandbox.
import assert from "node:assert/strict";
import { test } from "node:test";
import { REVIEW_SECRET } from "../../scripts/demo/demo-relay.js";
import { runningDemo } from "./demo-process.js";

const { demo, open } = runningDemo();

/** @returns {Promise<string[]>} */
const received = async () => (await demo().sandbox("texts")).map((/** @type {{ text: string }} */ { text }) => text);

/** @param {string} path of the review API */
const review = async (path, bearer = REVIEW_SECRET) => {
  const headers = { authorization: `Bearer ${bearer}` };
  const answer = await fetch(`${demo().url}relay/review/api/${path}`, { headers });
  return answer.ok ? answer.json() : answer.status;
};

// A relay takes the same lead for a repetition until one starts over, as each test does.

test("a lead goes through the relay, which adds the credentials, and its text comes to the phone", async () => {
  const { page, lead, texts, shoot } = await open();
  assert.deepEqual(await lead.stations.allInnerTexts(), ["Page", "Relay", "API"]);
  await lead.field("args.message").fill("Welcome by relay!");
  assert.match(await lead.run(), /^(Success|Taken in)$/);
  await texts.first().waitFor();
  assert.deepEqual(await texts.allInnerTexts(), ["Welcome by relay!"]);
  assert.deepEqual(await received(), ["Welcome by relay!"]);

  await lead.wire.click();
  assert.match(
    await lead.line.innerText(),
    /^POST http:\/\/127\.0\.0\.1:\d+\/relay\/demo\/listener\/botsplash\/welcome/,
  );
  assert.doesNotMatch(await lead.request.innerText(), /authorization/i);
  const [arrived] = (await demo().sandbox("requests")).filter(
    (/** @type {{ method: string }} */ { method }) => method === "POST",
  );
  assert.equal(arrived.headers.authorization, "Basic [redacted]");
  const held = await page.evaluate(
    () => document.documentElement.outerHTML + document.cookie + JSON.stringify({ ...localStorage }),
  );
  assert.doesNotMatch(held, /demo-password/);
  await shoot("demo");
});

test("a lead whose answer is lost behind the relay is texted once, and not again", async () => {
  const { lead, texts } = await open();
  await lead.field("args.message").fill("Lost on the way back");
  await lead.onTheWay("Response lost");
  await lead.run();
  await texts.first().waitFor();
  assert.deepEqual(await received(), ["Lost on the way back"]);
});

test("a lead that the API refuses for the moment reaches the person in the end, once", async () => {
  const { lead, texts } = await open();
  await lead.field("args.message").fill("After a while");
  await lead.onTheWay("429 once");
  assert.match(await lead.run(), /^(Success|Taken in)$/);
  await texts.first().waitFor();
  assert.deepEqual(await received(), ["After a while"]);
});

test("offline, nothing comes to the relay", async () => {
  const { lead } = await open();
  await lead.onTheWay("Offline");
  assert.equal(await lead.run(), "unknown");
  assert.deepEqual(await demo().sandbox("requests"), []);
});

test("what is wrong is told before anything is sent", async () => {
  const { lead } = await open();
  await lead.field("listenerId").fill("");
  assert.equal(await lead.run(), "not_sent");
  assert.deepEqual(await demo().sandbox("requests"), []);
});

test("starting over empties the sandbox behind the relay", async () => {
  const { page, lead, texts } = await open();
  await lead.field("args.message").fill("Soon forgotten");
  await lead.run();
  await texts.first().waitFor();
  await page.getByRole("button", { name: "Start over" }).click();
  await page.getByText("No texts yet.").waitFor();
  await page.getByText("Nothing sent yet").first().waitFor();
  assert.deepEqual(await demo().sandbox("ledger"), []);
});

test("starting over resumes a relay that refused credentials have paused", async () => {
  const { page, lead, texts } = await open();
  await lead.field("args.message").fill("Waits for the credentials");
  await lead.onTheWay("Credentials refused");
  await lead.run();
  await page.getByText("The API refused the relay's credentials.").waitFor();
  await page.getByRole("button", { name: "Start over" }).click();
  await lead.onTheWay("All goes well");
  await lead.field("args.message").fill("Does not");
  await lead.run();
  await texts.filter({ hasText: "Does not" }).waitFor();
  assert.deepEqual(await received(), ["Does not"]);
});

test("who submits twice is one lead, and is texted once; after a start over the same is a new lead", async () => {
  const { page, lead, texts } = await open();
  await lead.field("args.message").fill("Twice");
  await lead.run();
  await texts.first().waitFor();
  const answered = page.waitForResponse((response) => response.url().endsWith("/listener/botsplash/welcome"));
  await lead.run();
  assert.equal((await answered).status(), 202);
  const { leads } = await review("leads?listener=welcome");
  const kept = leads.filter((/** @type {{ submission?: object }} */ { submission }) => submission);
  // A second lead would be here, and would wait to be sent.
  assert.deepEqual(
    kept.map((/** @type {{ state: string }} */ { state }) => state),
    ["delivered"],
  );
  assert.deepEqual(await received(), ["Twice"]);

  await page.getByRole("button", { name: "Start over" }).click();
  await page.getByText("No texts yet.").waitFor();
  await lead.run();
  await texts.first().waitFor();
  assert.deepEqual(await received(), ["Twice"]);
});

test("in the same page one can do without the relay", async () => {
  const { lead, target, texts } = await open();
  await target("This page");
  assert.equal(await lead.run(), "Success");
  await texts.first().waitFor();
  assert.deepEqual(await received(), []);
});

test("the lead form, with script and without, goes through the same relay", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page } = await open({ javaScriptEnabled });
    await page.goto(`${demo().url}form/`);
    await page.getByLabel("Mobile number").fill("333 444 5555");
    await page.getByLabel("What is it about?").fill(javaScriptEnabled ? "With script" : "Without script");
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText(javaScriptEnabled ? "Thank you. It is sent." : "We have received your message").waitFor();
  }
  const { texts } = await open();
  await texts.nth(1).waitFor();
  assert.deepEqual(await received(), ["Thanks, we will text you.", "Thanks, we will text you."]);
  const { leads } = await review("leads?listener=form");
  assert.deepEqual(
    leads.map((/** @type {any} */ { submission, consent }) => [
      submission.visitor.extendedAttributes.message,
      consent.phoneNumber,
    ]),
    [
      ["Without script", "3334445555"],
      ["With script", "3334445555"],
    ],
  );
});

test("what has become of the leads can be reviewed", async () => {
  assert.equal(await review("status", "another"), 404);
  const [{ id, counts }] = (await review("status")).listeners;
  assert.equal(id, "welcome");
  assert.ok(counts.delivered > 0);
});

// The last one, since it ends the demo.
test("Ctrl-C ends the demo, and nothing is left of it", async () => {
  const { code, left } = await demo().interrupt();
  assert.equal(code, 0);
  assert.equal(left, false);
  await assert.rejects(fetch(demo().url), "nobody listens any more");
});
