// The explorer, against the sandbox inside the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { staticPage } from "./static-page.js";

const open = staticPage();

/** @type {{ paths: Record<string, Record<string, any>>, components: { schemas: Record<string, any> } }} */
const contract = JSON.parse(readFileSync(at("openapi.json"), "utf8"));
const documented = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);

/** The part of each answer that shows its operation. */
const answers = {
  submitListener: /requestId/,
  uploadFile: /key/,
  triggerSequence: /visitorSequenceId/,
  updateVisitor: /phoneNumber/,
  callVisitorAction: /clientVisitorId/,
  listMeetings: /count 0/,
  scheduleMeeting: /meetingId/,
  sendMessage: /clientVisitorId/,
  updatePhoneStatuses: /count/,
};

test("every operation of the contract can be called with the example that it is given", async () => {
  const { explorer, texts } = await open();
  assert.deepEqual(
    await explorer.names.allInnerTexts(),
    documented.map(({ operationId }) => operationId),
  );
  // The first puts the visitor on file whom the others are about.
  for (const [name, shown] of Object.entries(answers)) {
    await explorer.choose(name);
    await explorer.press(name === "uploadFile" ? "Use a sample file" : "Fill in the example");
    assert.equal(await explorer.run(), "Success", name);
    assert.equal(await explorer.status.innerText(), "200", name);
    assert.match(await explorer.timing.innerText(), /1 request, \d+ ms/, name);
    assert.match(await explorer.tree.innerText(), shown, name);
  }
  assert.deepEqual(await texts.allInnerTexts(), ["Welcome!", "Hello from the sandbox's sequence.", "Welcome!"]);
});

test("a form asks for every field of its schema, says which are required, and tells what each is for", async () => {
  const { page, explorer } = await open();
  for (const { operationId, requestBody, summary } of documented) {
    await explorer.choose(operationId);
    await page.getByRole("heading", { name: summary }).waitFor();
    const reference = requestBody?.content["application/json"]?.schema.$ref;
    if (!reference) continue;
    const expected = flat(contract.components.schemas[reference.split("/").at(-1)], "");
    for (const { path, docs, required } of expected) {
      const field = explorer.field(path);
      assert.equal(await field.count(), 1, `${operationId} ${path}`);
      assert.equal(await field.getAttribute("aria-required"), required ? "true" : null, path);
      const id = await field.getAttribute("aria-describedby");
      assert.ok((await page.locator(`[id="${id}"]`).textContent())?.includes(docs.replaceAll("`", "")), path);
    }
  }
});

/** @param {any} schema @param {string} prefix @returns {{ path: string, docs: string, required: boolean }[]} */
const flat = (schema, prefix) =>
  Object.entries(schema.properties).flatMap(([name, given]) => {
    const path = `${prefix}${name}`;
    const property = given.$ref ? contract.components.schemas[given.$ref.split("/").at(-1)] : given;
    if (property.properties) return flat(property, `${path}.`);
    const item = property.items?.$ref && contract.components.schemas[property.items.$ref.split("/").at(-1)];
    if (item) return flat(item, `${path}[0].`);
    return [{ path, docs: given.description, required: (schema.required ?? []).includes(name) }];
  });

test("a message reaches the phone of a visitor on file, and nobody else's", async () => {
  const { explorer, texts } = await open();
  await explorer.choose("sendMessage");
  assert.equal(await explorer.run(), "rejected");
  assert.match(await explorer.tree.innerText(), /visitor_unknown/);
  await explorer.choose("submitListener");
  await explorer.run();
  await explorer.choose("sendMessage");
  await explorer.field("text").fill("Is now a good time?");
  assert.equal(await explorer.run(), "Success");
  assert.deepEqual(await explorer.received.allInnerTexts(), ["Is now a good time?"]);
  await texts.nth(1).waitFor();
});

test("a file that is dropped, or chosen, is uploaded as it is", async () => {
  const { page, explorer } = await open();
  await explorer.choose("uploadFile");
  assert.equal(await explorer.run(), "not_sent");
  assert.equal(await explorer.fact("field").innerText(), "file");

  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["%PDF"], "offer.pdf", { type: "application/pdf" }));
    return data;
  });
  await page.locator(".drop").dispatchEvent("drop", { dataTransfer: transfer });
  assert.match(await page.locator(".drop").innerText(), /offer\.pdf\s+application\/pdf, 4 bytes/);
  assert.match(await explorer.code.innerText(), /openAsBlob\("offer\.pdf", \{ type: "application\/pdf" \}\)/);
  assert.equal(await explorer.run(), "Success");
  await explorer.wire.click();
  assert.match(await explorer.request.innerText(), /file: offer\.pdf, application\/pdf, 4 bytes/);

  const file = { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from([255, 216, 255]) };
  await page.locator(".drop input").setInputFiles(file);
  assert.equal(await explorer.run(), "Success");
  assert.match((await explorer.request.textContent()) ?? "", /file: photo\.jpg, image\/jpeg, 3 bytes/);
});

test("a call can be cancelled, and what came of it is unknown", async () => {
  const { explorer } = await open();
  await explorer.onTheWay("Slow");
  await explorer.send.click();
  await explorer.cancel.click();
  assert.equal(await explorer.end(), "unknown");
  assert.equal(await explorer.fact("code").innerText(), "aborted");
});

test("what the client refuses is told with its field, and the field is marked", async () => {
  const { page, explorer } = await open();
  await page.locator(".group .more summary").first().click();
  await explorer.field("visitor.deliveryStatus").fill("soon");
  assert.equal(await explorer.run(), "not_sent");
  assert.equal(await explorer.fact("field").innerText(), "visitor.deliveryStatus");
  assert.equal(await page.locator(":focus").getAttribute("name"), "visitor.deliveryStatus");
  assert.match(
    await page
      .locator(":focus")
      .evaluate((field) => document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent ?? ""),
    /expected a whole number/,
  );
});

test("a field keeps its place and the focus while it is filled in", async () => {
  const { page, explorer } = await open();
  await page.locator(".group .more summary").first().click();
  await explorer.field("visitor.email").focus();
  await page.keyboard.type("example@example.com");
  assert.equal(await page.locator(":focus").getAttribute("name"), "visitor.email");
  assert.match(await explorer.code.innerText(), /email: "example@example\.com"/);
});

test("a list grows and shrinks", async () => {
  const { explorer } = await open();
  await explorer.choose("updatePhoneStatuses");
  await explorer.field("items[0].phoneNumber").fill("1");
  await explorer.press("Add to items");
  await explorer.field("items[1].phoneNumber").fill("2");
  await explorer.field("items[1].status").fill("stop");
  await explorer.press("Remove items[0]");
  assert.match(await explorer.code.innerText(), /items: \[\{ phoneNumber: "2", status: "stop" \}\]/);
  assert.equal(await explorer.run(), "Success");
});

test("open objects take any JSON", async () => {
  const { page, explorer } = await open();
  for (const fold of await page.locator(".group .more summary").all()) await fold.click();
  await explorer.field("visitor.extendedAttributes").fill('{"color":"red","n":[1,null]}');
  await explorer.field("args.*").fill('{"campaign":"spring"}');
  assert.match(await explorer.code.innerText(), /extendedAttributes: \{ color: "red", n: \[1, null\] \}/);
  assert.equal(await explorer.run(), "Success");
  await explorer.wire.click();
  const body = JSON.parse((await explorer.request.innerText()).split("\n\n")[1]);
  assert.deepEqual(body.visitor.extendedAttributes, { color: "red", n: [1, null] });
  assert.deepEqual(body.args, { message: "Welcome!", campaign: "spring" });
});

test("a text that is not JSON is said to be none, and is not sent in its place", async () => {
  const { page, explorer } = await open();
  for (const fold of await page.locator(".group .more summary").all()) await fold.click();
  for (const broken of ['{"campaign":', "[1]", "spring"]) {
    await explorer.field("args.*").fill(broken);
    await page.getByText("This is not a JSON object yet.").waitFor();
    assert.match(await explorer.code.innerText(), /args: \{ message: "Welcome!" \}/);
  }
});

test("routes are marked as published or assumed, and another one is what is sent, and what the code says", async () => {
  const { page, explorer } = await open();
  const marks = await page.locator(".operations .mark").allInnerTexts();
  assert.deepEqual(
    marks,
    documented.map((operation) => operation["x-route"]),
  );

  await explorer.choose("sendMessage");
  await explorer.route.fill("POST /{appId}/messages");
  assert.match(await explorer.code.innerText(), /routes: \{ sendMessage: "POST \/\{appId\}\/messages" \}/);
  assert.equal(await explorer.run(), "rejected");
  assert.equal(await explorer.fact("httpStatus").innerText(), "404");
  await explorer.wire.click();
  assert.match(await explorer.line.innerText(), /\/demo\/messages$/);

  await explorer.route.fill("no route");
  assert.equal(await explorer.run(), "not_sent");
  assert.equal(await explorer.fact("field").innerText(), "routes.sendMessage");
  await explorer.press("Back to the default");
  assert.doesNotMatch(await explorer.code.innerText(), /routes/);
});

test("the code is in step with the form, and copied with one press", async () => {
  const { context, page, explorer, target } = await open();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await explorer.field("visitor.firstName").fill('Jane "JJ" \\ O\'Neil');
  for (const [language, written] of /** @type {const} */ ([
    ["JavaScript", 'firstName: "Jane \\"JJ\\" \\\\ O\'Neil"'],
    ["Rust", '.first_name("Jane \\"JJ\\" \\\\ O\'Neil")'],
    ["curl", '"firstName": "Jane \\"JJ\\" \\\\ O\'\\\'\'Neil"'],
    ["HTML form", 'autocomplete="given-name" name="firstName" value="Jane &quot;JJ&quot; \\ O\'Neil"'],
  ])) {
    await explorer.language(language);
    assert.ok((await explorer.code.innerText()).includes(written), language);
    await explorer.press("Copy");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    assert.equal(
      await page.evaluate(() => navigator.clipboard.readText()),
      await explorer.code.locator("code").textContent(),
    );
  }
  await target("A relay");
  assert.match(
    await explorer.code.innerText(),
    /action="http:\/\/127\.0\.0\.1:\d+\/relay\/demo\/listener\/botsplash\/welcome"/,
  );
  await explorer.choose("sendMessage");
  await explorer.language("JavaScript");
  assert.equal(await page.getByRole("button", { name: "HTML form" }).count(), 0, "only the listener takes a form");
});

/** The contract with every route elsewhere. */
const elsewhere = () => {
  const document = structuredClone(contract);
  document.paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [`/v2${path.replace("/message", "/texts")}`, item]),
  );
  return JSON.stringify(document);
};

for (const way of ["chosen", "dropped"]) {
  test(`a description that is ${way} ends the assumptions: its routes are used from then on`, async () => {
    const { page, explorer, texts } = await open();
    const buffer = elsewhere();
    const box = page.locator(".description");
    if (way === "chosen") {
      await box
        .locator("input")
        .setInputFiles({ name: "openapi.json", mimeType: "application/json", buffer: Buffer.from(buffer) });
    } else {
      const dataTransfer = await page.evaluateHandle((text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], "openapi.json", { type: "application/json" }));
        return transfer;
      }, buffer);
      await box.dispatchEvent("drop", { dataTransfer });
    }
    await box.getByText("It tells 9 routes, of which 9 differ").waitFor();
    assert.equal(await page.locator(".operations .mark.assumed").count(), 0);
    await explorer.press("Fill in the example");
    assert.equal(await explorer.run(), "Success");
    await explorer.choose("sendMessage");
    assert.equal(await page.locator("#route").inputValue(), "POST /v2/{appId}/texts");
    await explorer.press("Fill in the example");
    assert.equal(await explorer.run(), "Success");
    assert.equal(await texts.count(), 2);
  });
}

test("a file that is not a description gets a sentence, and changes nothing", async () => {
  const { page, explorer } = await open();
  const box = page.locator(".description");
  await box.locator("input").setInputFiles({ name: "a.yaml", mimeType: "text/yaml", buffer: Buffer.from("hello: [") });
  await box.getByText("The document is neither valid JSON nor valid YAML").waitFor();
  await explorer.press("Fill in the example");
  assert.equal(await explorer.run(), "Success");
});
