// cspell:ignore Danke geht nicht
import assert from "node:assert/strict";
import test from "node:test";
import { startForm } from "../support/form.js";

const TEXT = "3334445555: Welcome!";
const SENT = "Thank you. It is sent.";

test("an enhanced form sends its lead, says so, and stays where it is", async () => {
  const form = await startForm();
  const { page, button, status, alert, phone, fill, keys, errors, shoot } = await form.visit();
  await page.evaluate(() => {
    document.forms[0].addEventListener("botsplash:sent", (event) => {
      document.title = `sent ${/** @type {CustomEvent} */ (event).detail.requestId}`;
    });
  });
  await fill();
  await button.click();
  await status.getByText(SENT).waitFor();
  await shoot("form-sent");
  assert.equal(await alert.textContent(), "");
  assert.equal(await phone.inputValue(), "");
  assert.equal(await button.isEnabled(), true);
  assert.equal(await button.evaluate((element) => document.activeElement === element), true);
  assert.match(await page.title(), /^sent [\da-f-]{36}$/);
  assert.match(String(keys()[0]), /^\d{28,40}$/);
  assert.deepEqual(await form.texts(1), [TEXT]);
  assert.deepEqual(errors, []);
});

test("a form is not sent before the browser is content with it", async () => {
  const form = await startForm();
  const { button, phone, status, posts } = await form.visit();
  await button.click();
  assert.equal(await phone.evaluate((element) => document.activeElement === element), true);
  assert.equal(await status.textContent(), "");
  assert.equal(posts.length, 0);
});

test("a double click sends one lead, in one request", async () => {
  const form = await startForm();
  const { button, status, fill, posts } = await form.visit();
  await fill();
  await button.dblclick();
  await status.getByText(SENT).waitFor();
  assert.equal(posts.length, 1);
  assert.deepEqual(await form.texts(1), [TEXT]);
});

test("while a form is on its way, its button is disabled and busy, and nothing sends it a second time", async () => {
  const form = await startForm();
  const { page, button, status, fill, posts } = await form.visit();
  /** @type {() => void} */
  let open = () => {};
  const opened = new Promise((resolve) => (open = () => resolve(undefined)));
  await page.route(form.action, async (route) => {
    await opened;
    await route.continue();
  });
  await fill();
  await button.click();
  await status.getByText("Sending…").waitFor();
  assert.equal(await button.isDisabled(), true);
  assert.equal(await button.getAttribute("aria-busy"), "true");
  await page.evaluate(() => document.forms[0].requestSubmit());
  open();
  await status.getByText(SENT).waitFor();
  assert.equal(await button.getAttribute("aria-busy"), null);
  assert.equal(await button.getAttribute("aria-disabled"), null);
  assert.equal(posts.length, 1);
});

test("the same content is the same lead, sent again after a reload too", async () => {
  const form = await startForm();
  const { page, button, status, fill, keys } = await form.visit();
  await page.clock.setFixedTime("2030-08-24T12:00:00Z");
  for (const again of [false, false, true]) {
    if (again) await page.reload();
    await fill();
    await button.click();
    await status.getByText(SENT).waitFor();
    await page.evaluate(() => document.querySelector("[role=status]")?.replaceChildren());
  }
  assert.equal(keys().length, 3);
  assert.equal(new Set(keys()).size, 1);
  assert.deepEqual(await form.texts(1), [TEXT]);
});

test("the same content another day is another lead", async () => {
  const form = await startForm();
  const { page, button, status, fill, keys } = await form.visit();
  for (const day of ["2030-08-24T23:59:00Z", "2030-08-25T00:01:00Z"]) {
    await page.clock.setFixedTime(day);
    await fill();
    await button.click();
    await status.getByText(SENT).waitFor();
    await page.evaluate(() => document.querySelector("[role=status]")?.replaceChildren());
  }
  assert.equal(new Set(keys()).size, 2);
  assert.deepEqual(await form.texts(2), [TEXT, TEXT]);
});

const NAMES = [
  "reset",
  "elements",
  "action",
  "method",
  "submit",
  "dataset",
  "addEventListener",
  "bind",
  "call",
  "children",
];
// Methods and properties that a script asks for. Playwright itself asks for getAttribute: see tests/engines/form-cases.js.
NAMES.push(
  "closest",
  "querySelector",
  "appendChild",
  "isConnected",
  "dispatchEvent",
  "baseURI",
  "attributes",
  "remove",
);
for (const name of NAMES) {
  test(`a field called ${name} hides nothing of its form`, async () => {
    const form = await startForm({ inside: `<input type="hidden" name="${name}" />` });
    const { button, status, fill, posts, phone, errors } = await form.visit();
    await fill();
    await button.click();
    await status.getByText(SENT).waitFor();
    assert.equal(await phone.inputValue(), "");
    assert.equal(await button.getAttribute("aria-busy"), null);
    assert.equal(posts.length, 1);
    assert.deepEqual(errors, []);
  });
}

test("other content is another lead, and so is the same content from another tab", async () => {
  const form = await startForm();
  const first = await form.visit();
  const second = await form.visit();
  await first.fill();
  await first.button.click();
  await first.status.getByText(SENT).waitFor();
  await first.fill("3334445556");
  await first.button.click();
  await first.phone.and(first.page.locator(":placeholder-shown, :invalid")).waitFor();
  await first.status.getByText(SENT).waitFor();
  await second.fill();
  await second.button.click();
  await second.status.getByText(SENT).waitFor();
  assert.equal(new Set([...first.keys(), ...second.keys()]).size, 3);
  assert.deepEqual((await form.texts(3)).sort(), [TEXT, TEXT, "3334445556: Welcome!"]);
});

test("a new proof of being human changes neither the lead nor its key", async () => {
  const form = await startForm();
  const { page, button, status, fill, keys, posts } = await form.visit();
  for (const token of ["one", "two"]) {
    await page.evaluate((token) => {
      document.querySelector("[role=status]")?.replaceChildren();
      document.querySelector("input[type=hidden]")?.remove();
      const input = Object.assign(document.createElement("input"), {
        type: "hidden",
        name: "cf-turnstile-response",
        value: token,
      });
      document.forms[0].append(input);
    }, token);
    await fill();
    await button.click();
    await status.getByText(SENT).waitFor();
  }
  assert.deepEqual(
    posts.map((post) => post.get("cf-turnstile-response")),
    ["one", "two"],
  );
  assert.equal(new Set(keys()).size, 1);
  assert.deepEqual(await form.texts(1), [TEXT]);
});

test("what the relay refuses is told in an alert, beside the field that it names", async () => {
  const form = await startForm({ listener: "nameless" });
  const { page, button, status, alert, phone, fill, posts, shoot } = await form.visit();
  await fill();
  await button.click();
  await alert.getByText(/./).waitFor();
  await shoot("form-refused");
  assert.equal(await status.textContent(), "");
  assert.equal(await phone.getAttribute("aria-invalid"), "true");
  assert.equal(await phone.evaluate((element) => document.activeElement === element), true);
  assert.equal(await phone.inputValue(), "3334445555");
  assert.equal(await button.isEnabled(), true);
  assert.equal(posts.length, 1);

  await page.route(form.action, (route) =>
    route.fulfill({ json: { success: true }, headers: { "access-control-allow-origin": "*" } }),
  );
  await button.click();
  await status.getByText(SENT).waitFor();
  assert.equal(await alert.textContent(), "");
  assert.equal(await phone.getAttribute("aria-invalid"), null);
});

test("a form speaks the words that it is given", async () => {
  const attributes = 'data-sent="Danke." data-refused="Das geht nicht."';
  const form = await startForm({ attributes });
  const { page, button, status, alert, fill } = await form.visit();
  await fill();
  await button.click();
  await status.getByText("Danke.", { exact: true }).waitFor();
  await page.getByLabel("Color").evaluate((input) => input.setAttribute("name", "teamCode"));
  await fill();
  await page.getByLabel("Color").fill("333");
  await button.click();
  await alert.getByText("Das geht nicht.", { exact: true }).waitFor();
});

test("news is told in elements that are there before, and that nothing busy holds back", async () => {
  const form = await startForm();
  const { page } = await form.visit();
  for (const role of ["status", "alert"]) {
    const element = page.locator(`[role=${role}]`);
    assert.equal(await element.count(), 1);
    assert.equal(await element.textContent(), "");
    assert.equal(await element.evaluate((one) => one.closest("[aria-busy]")), null);
  }
});

test("a form uses the elements for news that it has, and is enhanced once", async () => {
  const form = await startForm({ inside: '<output role="status"></output><div role="alert"></div>' });
  const { page, button, fill, posts } = await form.visit();
  await page.addScriptTag({ url: "/form-auto.js" });
  await fill();
  await button.click();
  await page.locator("output", { hasText: SENT }).waitFor();
  assert.equal(await page.locator("[role=status], [role=alert]").count(), 2);
  assert.equal(posts.length, 1);
});

test("an insecure page, which has no crypto.randomUUID, makes keys as well", async () => {
  const form = await startForm();
  const { page, button, status, fill, keys } = await form.visit();
  await page.goto(form.insecureAddress);
  assert.equal(await page.evaluate(() => isSecureContext || "randomUUID" in crypto), false);
  await fill();
  await button.click();
  await status.getByText(SENT).waitFor();
  assert.match(String(keys()[0]), /^\d{28,40}$/);
  assert.deepEqual(await form.texts(1), [TEXT]);
});

test("a page that may store nothing keeps its key as long as it is open", async () => {
  const form = await startForm();
  const { page, button, status, fill, keys } = await form.visit();
  await page.addInitScript(() => {
    Object.defineProperty(window, "sessionStorage", {
      get() {
        throw new DOMException("refused", "SecurityError");
      },
    });
  });
  await page.reload();
  for (const _ of [1, 2]) {
    await fill();
    await button.click();
    await status.getByText(SENT).waitFor();
    await page.evaluate(() => document.querySelector("[role=status]")?.replaceChildren());
  }
  assert.equal(keys().length, 2);
  assert.equal(new Set(keys()).size, 1);
  assert.deepEqual(await form.texts(1), [TEXT]);
});

test("nothing that the person has written is stored", async () => {
  const form = await startForm();
  const { page, button, status, fill } = await form.visit();
  await fill();
  await button.click();
  await status.getByText(SENT).waitFor();
  const stored = await page.evaluate(() => [
    Object.entries({ ...sessionStorage }),
    Object.entries({ ...localStorage }),
    document.cookie,
  ]);
  assert.match(JSON.stringify(stored), /^\[\[\["botsplash","0\.\d+(?:e-\d+)?"\]\],\[\],""\]$/);
});

test("a lead arrives although its page is left at once", async () => {
  const form = await startForm();
  const { page, fill } = await form.visit();
  await fill();
  const outlives = await page.evaluate(() => {
    const { fetch } = window;
    let keepalive;
    window.fetch = (url, init) => {
      ({ keepalive } = init ?? {});
      return fetch(url, init);
    };
    document.querySelector("button")?.click();
    location.href = "/thanks";
    return keepalive;
  });
  assert.equal(outlives, true);
  await page.getByRole("heading", { name: "Thanks" }).waitFor();
  assert.deepEqual(await form.texts(1), [TEXT]);
});

test("a form with more than browsers let outlive a page is sent all the same", async () => {
  const form = await startForm();
  const { page, button, alert, fill, keys } = await form.visit();
  await fill();
  await page.getByLabel("Message").fill("a".repeat(70_000));
  await button.click();
  await alert.getByText("This is too long to send.").waitFor();
  // The first has never left the browser.
  assert.equal(new Set(keys()).size, 1);
});
