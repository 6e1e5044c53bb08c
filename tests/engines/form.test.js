// The lead form of the demo, enhanced, in each browser engine.
import assert from "node:assert/strict";
import test from "node:test";
import { startDemo } from "../../scripts/demo/demo-server.js";
import { browsers } from "./browsers.js";
import { open, until } from "./webdriver.js";

for (const engine of browsers) {
  test(`in ${engine.name} an enhanced form sends its lead once, and can be sent after a reload in the midst of it`, async (t) => {
    const browser = await open(t, engine);
    const demo = await startDemo();
    t.after(demo.close);
    await browser.visit(`${demo.url}form/`);

    await browser.run(fillIn);
    await browser.run(goSilent);
    await browser.click("button");
    await until(() => browser.run(says, "Sending…"));
    assert.equal(await browser.run(isDisabled), true);
    await browser.run(() => location.reload());
    await until(() => browser.run(isNew));
    assert.equal(await browser.run(isDisabled), false);

    await browser.run(fillIn);
    await browser.click("button");
    await until(() => browser.run(says, "Thank you."));
    await until(async () => demo.sandbox.texts.length > 0);
    assert.deepEqual(demo.sandbox.texts, [{ to: "3334445555", text: "Welcome!", by: "submitListener" }]);
  });
}

// What follows runs in the page.

const fillIn = () => {
  const { phoneNumber, message } = document.forms[0];
  phoneNumber.value = "3334445555";
  message.value = "Welcome!";
  /** @type {HTMLInputElement} */ (document.querySelector("[type=checkbox]")).checked = true;
};

/** No answer ever comes. */
const goSilent = () => {
  window.fetch = () => new Promise(() => {});
  document.documentElement.dataset.silent = "";
};

const isNew = () => document.readyState === "complete" && document.documentElement.dataset.silent === undefined;

const isDisabled = () => document.querySelector("button")?.disabled;

/** @param {string} words */
const says = (words) => document.querySelector("[role=status]")?.textContent?.startsWith(words);
