// For whom the page is there: all screens, eyes, hands and tastes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sticksOut, violations } from "./readable.js";
import { staticPage } from "./static-page.js";

const open = staticPage();

/** @typedef {Awaited<ReturnType<typeof open>>} Visit */

/** Each state of the page that looks unlike the others. @type {Record<string, (visit: Visit) => Promise<unknown>>} */
const states = {
  start: async () => {},
  success: ({ lead }) => lead.run(),
  unknown: async ({ lead }) => {
    await lead.onTheWay("Response lost");
    await lead.run();
    await lead.wire.click();
  },
  "texted twice": async ({ lead, texts }) => {
    await lead.again.click();
    await texts.nth(2).waitFor();
  },
  rejected: async ({ lead }) => {
    await lead.onTheWay("Credentials refused");
    await lead.run();
  },
  "not sent": async ({ lead, explorer }) => {
    await lead.field("listenerId").fill("");
    await lead.run();
    await explorer.field("listenerId").fill("");
    await explorer.run();
  },
  retried: async ({ lead }) => {
    await lead.field("listenerId").fill("welcome");
    await lead.onTheWay("429 once");
    await lead.submit.click();
    await lead.legs.nth(1).waitFor();
    await lead.end();
  },
  running: async ({ lead }) => {
    await lead.onTheWay("Slow");
    await lead.submit.click();
    await lead.cancel.waitFor();
  },
  explorer: async ({ page, lead, explorer }) => {
    await lead.cancel.click();
    await lead.onTheWay("All goes well");
    await explorer.field("listenerId").fill("welcome");
    await explorer.press("Fill in the example");
    for (const fold of await page.locator(".group .more summary").all()) await fold.click();
    await explorer.run();
    await explorer.language("Rust");
  },
  "a list": async ({ explorer }) => {
    await explorer.choose("updatePhoneStatuses");
    await explorer.language("curl");
    await explorer.run();
  },
  upload: async ({ explorer }) => {
    await explorer.choose("uploadFile");
    await explorer.run();
  },
  "a relay": ({ target }) => target("A relay"),
  "the real API": ({ target }) => target("The real API"),
};

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`on a ${colorScheme} screen every state is readable and within reach, to axe's knowledge`, async () => {
    const visit = await open({ colorScheme });
    for (const [state, reach] of Object.entries(states)) {
      await reach(visit);
      assert.deepEqual(await violations(visit), [], state);
      assert.equal(await sticksOut(visit), 0, state);
      await visit.shoot(`${colorScheme}-${state.replaceAll(" ", "-")}`);
    }
  });
}

test("on a phone's screen nothing sticks out, whatever the page shows", async () => {
  const visit = await open({ viewport: { width: 360, height: 740 } });
  for (const [state, reach] of Object.entries(states)) {
    await reach(visit);
    assert.equal(await sticksOut(visit), 0, state);
    await visit.shoot(`narrow-${state.replaceAll(" ", "-")}`);
  }
  assert.deepEqual(await violations(visit), []);
});

test("the page follows the system, until somebody chooses otherwise", async () => {
  const { page } = await open({ colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.emulateMedia({ colorScheme: "light" });
  const light = await ground();
  assert.notEqual(dark, light);
  await page.getByRole("button", { name: "Dark mode" }).click();
  assert.equal(await ground(), dark);
});

test("who wants no motion gets none", async () => {
  const { page, lead } = await open({ reducedMotion: "reduce" });
  await lead.run();
  const moving = await page.evaluate(() => document.getAnimations().length);
  assert.equal(moving, 0);
});

test("the keyboard is enough, and the focus is seen", async () => {
  const { page, lead } = await open();
  await lead.field("visitor.clientVisitorId").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator(":focus").inputValue(), "slow");
  const outline = await page.locator(".chip:has(:focus) span").evaluate((chip) => getComputedStyle(chip).outlineStyle);
  assert.notEqual(outline, "none");
  await page.keyboard.press("Enter");
  await lead.cancel.waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await lead.cancel.evaluate((button) => button === document.activeElement), true);
  await page.keyboard.press("Space");
  assert.equal(await lead.end(), "unknown");
});

test("what happens is announced", async () => {
  const { page } = await open();
  assert.equal(await page.locator('.outcome[role="status"]').count(), 2);
  assert.equal(await page.locator('.device [role="status"]').count(), 1);
});
