// The demo's relay on bad days: which leads it keeps, sends, gives up or looks up, and how often their people are texted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runningDemo } from "./demo-process.js";
import { sticksOut, violations } from "./readable.js";

const { demo, open } = runningDemo();

/** Each person's texts, as the API's sandbox has them. @returns {Promise<number[]>} */
const textsByPerson = async () => {
  const counts = new Map();
  for (const { to } of await demo().sandbox("texts")) counts.set(to, (counts.get(to) ?? 0) + 1);
  return [...counts.values()];
};

/** @param {Awaited<ReturnType<typeof open>>} visit */
const scenariosOf = ({ page }) => {
  const panel = page.getByRole("form", { name: "A relay's bad days" });
  const rows = panel.locator(".relay-lead");
  /** @param {string} name */
  const row = (name) => rows.filter({ has: page.locator(`b:text-is("${name}")`) });
  return {
    panel,
    rows,
    /** @param {string} label */
    play: async (label) => {
      await panel.getByRole("radio", { name: label }).check({ force: true });
      await panel.getByRole("button", { name: "Play it" }).click();
    },
    /** Who it is, and where the lead is then. @param {string} name @param {string} state */
    settled: (name, state) =>
      row(name)
        .filter({ has: page.locator(`.state:text-is("${state}")`) })
        .waitFor(),
    row,
    later: panel.getByRole("button", { name: "Put the clock forward" }),
    atRest: () => panel.locator('[aria-busy="false"]').waitFor(),
  };
};

test("who submits the same form twice is one lead, and is texted once", async () => {
  const visit = await open();
  const { play, rows, row, settled, atRest } = scenariosOf(visit);
  await play("Submitted twice");
  await settled("Jane", "delivered");
  await atRest();
  assert.equal(await rows.count(), 1);
  assert.match(await row("Jane").innerText(), /sent once · came again once · texted once/);
  assert.deepEqual(await textsByPerson(), [1]);
  await visit.shoot("scenario-twice");
});

test("a lead that the API refuses always is given up, and does not hold up a good one", async () => {
  const visit = await open();
  const { play, row, settled, atRest } = scenariosOf(visit);
  await play("Poison beside a good lead");
  await settled("Good", "delivered");
  await settled("Poison", "rejected");
  await atRest();
  assert.match(await row("Good").innerText(), /sent once · texted once/);
  assert.match(await row("Poison").innerText(), /refused.*\(403\)[\s\S]*texted never/);
  assert.deepEqual(await textsByPerson(), [1]);
  await visit.shoot("scenario-poison");
});

test("a look-up tells a lost response from a lost request, and each person is texted once", async () => {
  const visit = await open();
  const { play, row, settled, later, atRest } = scenariosOf(visit);
  await play("Looked up");
  await settled("Ann", "delivered");
  await settled("Jane", "checking");
  await settled("Joe", "checking");
  await atRest();
  assert.match(await row("Jane").innerText(), /texted once/);
  assert.match(await row("Joe").innerText(), /texted never/);
  await visit.shoot("scenario-lookup");

  await later.first().click();
  await settled("Jane", "delivered");
  await atRest();
  assert.match(await row("Jane").innerText(), /The API knows the lead[\s\S]*sent once · texted once/);
  assert.match(await row("Joe").innerText(), /checking/);

  await later.click();
  await settled("Joe", "delivered");
  await atRest();
  assert.match(await row("Joe").innerText(), /sent 2 times · texted once/);
  assert.deepEqual(await textsByPerson(), [1, 1, 1]);
});

test("a lead at night is kept until the morning, and then its person is texted", async () => {
  const visit = await open();
  const { play, row, settled, later, atRest } = scenariosOf(visit);
  await play("At night");
  await settled("Nell", "queued");
  await atRest();
  assert.match(await row("Nell").innerText(), /sent never · texted never/);
  assert.match(await row("Nell").innerText(), /Goes at 9:00 AM on \w+day in \w+/);
  assert.deepEqual(await textsByPerson(), []);
  await visit.shoot("scenario-night");

  await later.click();
  await settled("Nell", "delivered");
  await atRest();
  assert.match(await row("Nell").innerText(), /sent once · texted once/);
  assert.deepEqual(await textsByPerson(), [1]);
});

test("one number under many names is texted three times, and the rest is quarantined", async () => {
  const visit = await open();
  const { play, rows, row, settled, atRest } = scenariosOf(visit);
  await play("One number, many names");
  for (const name of ["Amy", "Ben", "Cleo"]) await settled(name, "delivered");
  for (const name of ["Dan", "Eve"]) await settled(name, "quarantined");
  await atRest();
  assert.equal(await rows.count(), 5);
  assert.match(await row("Eve").innerText(), /As many leads as numberCap allows[\s\S]*sent never/);
  assert.deepEqual(await textsByPerson(), [3]);
  await visit.shoot("scenario-names");
});

for (const [look, options] of /** @type {const} */ ([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["narrow", { viewport: { width: 390, height: 800 } }],
])) {
  test(`the leads are readable and within reach (${look})`, async () => {
    const visit = await open(options);
    const { play, settled, atRest } = scenariosOf(visit);
    await play("Looked up");
    await settled("Joe", "checking");
    await atRest();
    assert.deepEqual(await violations(visit), []);
    assert.equal(await sticksOut(visit), 0);
    await visit.shoot(`scenario-${look}`);
  });
}

test("without a relay there is nothing to play", async () => {
  const visit = await open();
  const { panel } = scenariosOf(visit);
  await panel.waitFor();
  await visit.target("This page");
  assert.equal(await panel.count(), 0);
});
