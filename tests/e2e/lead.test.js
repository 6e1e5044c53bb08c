// The live lead, against the sandbox inside the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { staticPage } from "./static-page.js";

const open = staticPage();

test("a lead that is submitted is taken in, and its text is on the phone", async () => {
  const { lead, texts, complaints } = await open();
  assert.deepEqual(await lead.stations.allInnerTexts(), ["Page", "Stand-in", "API"]);
  assert.equal(await lead.run(), "Success");
  assert.match(await lead.fact("requestId").innerText(), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  assert.match(await lead.legs.innerText(), /1 · \d+ ms\s+200 OK\s+texted/);
  assert.deepEqual(await texts.allInnerTexts(), ["Welcome!"]);
  assert.deepEqual(complaints, []);
});

test("the page sends no credential; what stands in for the relay adds it, and it is not shown", async () => {
  const { lead } = await open();
  await lead.run();
  await lead.wire.click();
  assert.match(
    await lead.line.innerText(),
    /^POST https:\/\/api\.botsplash\.com\/open\/v1\/demo\/listener\/botsplash\/welcome$/,
  );
  const [headers, body] = (await lead.request.innerText()).split("\n\n");
  assert.deepEqual(headers.split("\n").sort(), ["accept: application/json", "content-type: application/json"]);
  assert.deepEqual(JSON.parse(body), {
    visitor: { clientVisitorId: "12345", firstName: "Jane", phoneNumber: "3334445555" },
    args: { message: "Welcome!" },
  });
  assert.match(await lead.received.innerText(), /authorization: Basic \[redacted\]/);
});

test("who is submitted twice is texted twice, and seen to be", async () => {
  const { page, lead, texts } = await open();
  await lead.run();
  await lead.submit.click();
  await texts.nth(1).waitFor();
  assert.match(await page.locator(".device .count").innerText(), /2 texts.*same one twice/);
});

test("a lost response is unknown; sent again anyway, the person has the text twice", async () => {
  const { page, lead, texts } = await open();
  await lead.onTheWay("Response lost");
  assert.equal(await lead.run(), "unknown");
  assert.equal(await lead.fact("code").innerText(), "network");
  assert.equal(await page.locator(".scale [aria-current]").innerText(), "unknown");
  assert.match(await page.locator(".worlds .is").innerText(), /response was lost/);
  assert.equal(await lead.legs.count(), 1, "nothing is sent twice on a guess");
  await texts.first().waitFor();
  assert.equal(await texts.count(), 1);

  await lead.again.click();
  await texts.nth(1).waitFor();
  assert.deepEqual(await texts.allInnerTexts(), ["Welcome!", "Welcome!"]);
  assert.match(await page.locator(".device .count").innerText(), /same one twice/);
});

test("offline is the same unknown to the client, and nobody is texted", async () => {
  const { page, lead, texts } = await open();
  await lead.onTheWay("Offline");
  assert.equal(await lead.run(), "unknown");
  assert.equal(await lead.fact("code").innerText(), "network");
  assert.match(await page.locator(".worlds .is").innerText(), /request was lost/);
  assert.equal(await texts.count(), 0);
  await lead.again.click();
  await texts.first().waitFor();
  assert.equal(await texts.count(), 1);
});

test("a 429 is waited out, and both requests are shown", async () => {
  const { lead, page, texts } = await open();
  await lead.onTheWay("429 once");
  assert.equal(await lead.run(), "Success");
  const [first, second] = await lead.legs.allInnerTexts();
  assert.match(first, /^1 · \d+ ms\s+429 Too Many Requests$/);
  assert.match(second, /^2 · \d+ ms\s+200 OK\s+texted$/);
  assert.match(await page.locator(".wait").innerText(), /^waited [\d.]+ (s|ms), then sent it again$/);
  assert.equal(await texts.count(), 1);
});

test("a 503 is not answered with a second submit", async () => {
  const { lead, texts } = await open();
  await lead.onTheWay("503");
  assert.equal(await lead.run(), "unknown");
  assert.equal(await lead.fact("httpStatus").innerText(), "503");
  assert.equal(await lead.legs.count(), 1);
  assert.equal(await texts.count(), 0);
});

test("refused credentials are a rejection, and say so", async () => {
  const { lead, texts } = await open();
  await lead.onTheWay("Credentials refused");
  assert.equal(await lead.run(), "rejected");
  assert.equal(await lead.fact("httpStatus").innerText(), "401");
  assert.match(await lead.meaning.innerText(), /nothing was done/);
  assert.equal(await texts.count(), 0);
});

test("a slow call can be cancelled, and its form is busy until it ends", async () => {
  const { page, lead, texts } = await open();
  await lead.onTheWay("Slow");
  assert.equal(await lead.cancel.count(), 0);
  await lead.submit.click();
  await lead.cancel.waitFor();
  assert.equal(await lead.submit.getAttribute("aria-disabled"), "true");
  await lead.field("visitor.firstName").press("Enter");
  assert.equal(await lead.legs.count(), 1, "while it is busy it sends nothing else");
  await lead.cancel.click();
  assert.equal(await lead.end(), "unknown");
  assert.equal(await lead.fact("code").innerText(), "aborted");
  assert.equal(await lead.cancel.count(), 0);
  assert.equal(await page.locator(":focus").innerText(), "Submit the lead", "the focus is not lost with the button");
  assert.equal(await texts.count(), 0);
});

test("a field that does not fit is named beside it, and nothing is sent", async () => {
  const { lead, page } = await open();
  await lead.field("listenerId").fill("");
  assert.equal(await lead.run(), "not_sent");
  assert.equal(await lead.fact("field").innerText(), "listenerId");
  assert.match(await lead.problem.innerText(), /listenerId/);
  assert.equal(await lead.field("listenerId").getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator(":focus").getAttribute("name"), "listenerId");
  assert.match(await lead.legs.innerText(), /No request yet/);

  await lead.field("listenerId").fill("welcome");
  await lead.submit.click();
  await page.getByText("Success").first().waitFor();
  assert.equal(await lead.problem.count(), 0, "a field that was fixed is no longer marked");
});

test("starting over empties the phone", async () => {
  const { page, lead, texts } = await open();
  await lead.run();
  await texts.first().waitFor();
  await page.getByRole("button", { name: "Start over" }).click();
  await page.getByText("No texts yet.").waitFor();
  assert.equal(await texts.count(), 0);
});

test("credentials for the real API are refused by the guard, sent nowhere and stored nowhere", async () => {
  const { page, lead, target, explorer } = await open();
  await target("The real API");
  await page.getByLabel("Username").fill("acme-crm");
  await page.getByLabel("Password").fill("correct-horse");
  await page.getByRole("button", { name: "Submit, and text a real person" }).click();
  assert.equal(await lead.end(), "not_sent");
  assert.equal(await lead.fact("code").innerText(), "configuration");
  assert.match(await lead.fact("message").innerText(), /allowBrowserCredentials/);
  for (const language of ["JavaScript", "Rust", "curl", "HTML form"]) {
    await explorer.language(language);
    assert.doesNotMatch(await explorer.code.innerText(), /acme-crm|correct-horse/);
  }
  const kept = await page.evaluate(() =>
    [JSON.stringify({ ...localStorage, ...sessionStorage }), document.cookie, location.href].join(),
  );
  assert.doesNotMatch(kept, /acme-crm|correct-horse/);
  await page.reload();
  await target("The real API");
  assert.equal(await page.getByLabel("Password").inputValue(), "");
});

for (const [scheme, fill, sent] of /** @type {const} */ ([
  [
    "Username and password",
    { Username: "acme-crm", Password: "correct-horse" },
    { authorization: `Basic ${btoa("acme-crm:correct-horse")}`, search: "" },
  ],
  ["API key", { "API key": "correct-horse" }, { authorization: undefined, search: "?api_key=correct-horse" }],
])) {
  test(`${scheme}, once the guard is lifted, go to the API and are not shown`, async () => {
    const { context, page, lead, explorer, target, elsewhere } = await open();
    /** @type {{ authorization: string | undefined, search: string }[]} */
    const arrived = [];
    await context.route("https://api.botsplash.com/**", (route) => {
      const { search } = new URL(route.request().url());
      arrived.push({ authorization: route.request().headers().authorization, search });
      return route.fulfill({
        status: 403,
        json: { message: "Not from here." },
        headers: { "access-control-allow-origin": "*" },
      });
    });
    await target("The real API");
    await page.getByLabel("Credentials", { exact: true }).selectOption(scheme);
    for (const [label, value] of Object.entries(fill)) await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Submit, and text a real person" }).click();
    assert.equal(await lead.end(), "rejected");
    assert.deepEqual(arrived, [sent]);
    assert.deepEqual(
      elsewhere.splice(0).map((url) => new URL(url).hostname),
      ["api.botsplash.com"],
    );
    await lead.wire.click();
    await explorer.run();
    elsewhere.length = 0;
    assert.match(`${await lead.line.innerText()} ${await lead.request.innerText()}`, /\[redacted\]/);
    assert.doesNotMatch(await page.locator("body").innerText(), /correct-horse|Y29ycmVjdC1ob3JzZ/);
    assert.match(await page.locator(".device .count").innerText(), /cannot be seen/);
  });
}
