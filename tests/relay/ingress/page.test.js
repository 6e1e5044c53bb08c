// The review page, in a browser.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { form, SECRET } from "../support/ingress.js";
import { startRelay } from "../support/relay-worker.js";
import { openBrowser } from "../support/review-browser.js";

const MARKUP = '<img src="x" onerror="document.title = \'run\'">';

test("the review page", async (t) => {
  const listeners = { welcome: { honeypot: "website", extendedAttributes: ["color"] }, reminder: {} };
  const { worker, address, sandbox, until } = await startRelay(t, { listeners });
  /** @param {Record<string, string>} fields @param {any} [fault] @param {any} [counts] */
  const lead = async (fields, fault, counts) => {
    if (fault) sandbox.fault({ operation: "submitListener", ...fault });
    assert.equal((await fetch(address, { method: "POST", body: form(fields) })).status, 202);
    await until(counts);
  };
  await lead({ message: "I would like a quote." }, undefined, { delivered: 1 });
  await lead({ message: "Is anybody there?", website: "https://spam.example" }, undefined, { quarantined: 1 });
  await lead({ message: "This is wrong." }, { status: 422 }, { rejected: 1 });
  await lead({ message: MARKUP, color: "red" }, { status: 500, when: "after" }, { review: 1 });

  const { page, questions, shoot } = await openBrowser(t, "review");
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  /** @type {import("playwright-core").Request[]} */
  const requests = [];
  page.on("request", (request) => requests.push(request));
  /** @param {string} name */
  const state = (name) => page.getByRole("group", { name: "State" }).getByRole("button", { name });
  const items = page.getByRole("listitem");
  const said = page.getByRole("status");

  await page.goto(`${worker.url}review`);

  await t.test("shows nothing but a question for the secret", async () => {
    assert.match(await page.locator("main").innerText(), /^Leads\s+Review secret\s+Show the leads$/);
    assert.equal(requests.length, 1);
    await shoot("locked");
  });

  await t.test("shows nothing for another secret", async () => {
    await page.getByLabel("Review secret").fill("another");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "This is not the secret." }).waitFor();
    assert.doesNotMatch(await page.locator("main").innerText(), /Jane|welcome/);
    complaints.length = 0;
  });

  await t.test("opens with the secret, by keyboard, on what needs its owner", async () => {
    await page.getByLabel("Review secret").fill(SECRET);
    await page.keyboard.press("Enter");
    await items.first().waitFor();
    assert.equal(await items.count(), 1);
    assert.equal(await state("review 1").getAttribute("aria-pressed"), "true");
    assert.match(await items.innerText(), /500.*Jane.*3334445555.*red/s);
    // In the owner's time zone, which is UTC unless the options say otherwise.
    assert.match(await items.innerText(), /received \w+ \d+, \d{4}, \d+:\d\d/);
    assert.deepEqual(await page.getByLabel("Listener").locator("option").allInnerTexts(), ["welcome", "reminder"]);
    await shoot("open");
  });

  await t.test("shows what people wrote as text", async () => {
    assert.ok((await items.innerText()).includes(MARKUP));
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.title(), "Leads");
  });

  await t.test("keeps the secret in memory, and sends it in a header to its own relay only", async () => {
    const kept = await page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
      location.href,
      (await indexedDB.databases()).length,
    ]);
    assert.deepEqual(kept, [0, 0, "", `${worker.url}review`, 0]);
    assert.deepEqual(await page.context().cookies(), []);
    for (const request of requests) {
      assert.ok(request.url().startsWith(`${worker.url}review`));
      assert.ok(!request.url().includes(SECRET) && !(request.postData() ?? "").includes(SECRET));
    }
    assert.ok(requests.some((request) => request.headers().authorization === `Bearer ${SECRET}`));
  });

  await t.test("exports what it shows", async () => {
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export as CSV" }).click();
    const download = await waiting;
    assert.equal(download.suggestedFilename(), "welcome-review.csv");
    const csv = await readFile(await download.path(), "utf8");
    assert.match(csv, /^\ufeff"id","state",.*"phoneNumber"/);
    assert.match(csv, /"3334445555"/);
    assert.equal(csv.trim().split("\r\n").length, 2);
  });

  await t.test("resends what is chosen, by keyboard, after a question that says what may happen", async () => {
    assert.equal(await page.getByRole("button", { name: "Resend" }).isDisabled(), true);
    await items.getByRole("checkbox").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+Tab");
    const resend = page.getByRole("button", { name: "Resend" });
    await resend.focus();
    await page.keyboard.press("Enter");
    await said.filter({ hasText: "1 lead will be sent." }).waitFor();
    assert.deepEqual(questions.splice(0), [
      "Send 1 lead again? If the API did process a lead, its person gets a second text.",
    ]);
    await until({ review: 0, delivered: 2 });
    await page.getByRole("button", { name: "Refresh" }).click();
    await state("delivered 2").waitFor();
  });

  await t.test("drops what is chosen", async () => {
    await state("quarantined 1").click();
    await items.filter({ hasText: "Is anybody there?" }).waitFor();
    await page.getByRole("button", { name: "Select all shown" }).click();
    await shoot("chosen");
    await page.getByRole("button", { name: "Drop", exact: true }).click();
    await said.filter({ hasText: "1 lead given up." }).waitFor();
    assert.deepEqual(questions.splice(0), ["Give up 1 lead? The relay does not send a lead that is given up."]);
    await page.getByRole("button", { name: "Undo" }).click();
    await said.filter({ hasText: "1 lead back where they were." }).waitFor();
    await state("quarantined 1").waitFor();
    await page.getByRole("button", { name: "Select all shown" }).click();
    await page.getByRole("button", { name: "Drop", exact: true }).click();
    await said.filter({ hasText: "1 lead given up." }).waitFor();
    questions.splice(0);
    await state("dropped 1").click();
    await items.filter({ hasText: "Is anybody there?" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Resend" }).count(), 0);
    assert.equal(await page.getByRole("checkbox").count(), 0);
  });

  await t.test("finds leads by their words and by their numbers, the newest first", async () => {
    await state("all").click();
    await items.nth(3).waitFor();
    await page.getByLabel("Name, number, words or id").fill("quote");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "1 lead found" }).waitFor();
    assert.match(await items.innerText(), /I would like a quote/);
    await page.getByLabel("Name, number, words or id").fill("(333)444-5555 jane");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "4 leads found" }).waitFor();
    assert.match(await items.first().innerText(), /red/);
    await shoot("found");
    await page.getByLabel("Name, number, words or id").fill("");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "all", exact: true }).waitFor();
  });

  await t.test("does not text a number any more, and texts it again", async () => {
    await page.getByText("People, consents and alerts").click();
    await page.getByLabel("Phone number or email").fill("(333) 444-9999");
    await page.getByRole("button", { name: "Do not text this number" }).click();
    await said.filter({ hasText: "The relay no longer texts this number." }).waitFor();
    const texts = sandbox.texts.length;
    await fetch(address, { method: "POST", body: form({ phoneNumber: "333.444.9999", message: "Not me" }) });
    await until({ dropped: 2, queued: 0 });
    assert.equal(sandbox.texts.length, texts);
    await shoot("people");
    await page.getByRole("button", { name: "Text it again" }).click();
    await said.filter({ hasText: "The relay may text this number." }).waitFor();
  });

  await t.test("erases a person everywhere", async () => {
    await page.getByLabel("Phone number or email").fill("3334449999");
    await page.getByRole("button", { name: "Erase this person" }).click();
    await said.filter({ hasText: "all contents of this person are erased" }).waitFor();
    assert.deepEqual(questions.splice(0), ["Erase 3334449999 everywhere? This cannot be undone."]);
    await items.filter({ hasText: "Its contents have been erased." }).first().waitFor();
    assert.equal(await items.filter({ hasText: "Not me" }).count(), 0);
  });

  await t.test("resumes sending that is paused, once the credentials are good again", async () => {
    // Two leads must say so; who presses the button is quicker than the relay.
    sandbox.fault({ operation: "submitListener", status: 401, times: 50 });
    await fetch(address, { method: "POST", body: form({ phoneNumber: "3334440001", message: "Wait for me." }) });
    await fetch(address, { method: "POST", body: form({ phoneNumber: "3334440002", message: "Wait for me, too." }) });
    await until({ queued: 2 }, true);
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByText("Sending is paused.").waitFor();
    await shoot("paused");
    sandbox.reset();
    await page.getByRole("button", { name: "Resume sending" }).click();
    await said.filter({ hasText: "Sending goes on." }).waitFor();
    await until({ queued: 0, delivered: 4 });
  });

  await t.test("shows the other listeners", async () => {
    await page.getByLabel("Listener").selectOption("reminder");
    await state("delivered 0").waitFor();
    assert.equal(await items.count(), 0);
  });

  await t.test("fits a narrow window, in the dark too", async () => {
    await page.getByLabel("Listener").selectOption("welcome");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 740 });
    await state("delivered 4").click();
    await items.nth(2).waitFor();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    await shoot("narrow");
  });

  await t.test("forgets the secret when it is loaded again", async () => {
    await page.reload();
    await page.getByLabel("Review secret").waitFor();
    assert.equal(await items.count(), 0);
  });

  await t.test("breaks none of its own rules", () => assert.deepEqual(complaints, []));
});
