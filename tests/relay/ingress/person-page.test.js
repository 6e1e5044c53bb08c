// One person on the review page, in a browser: found by number, exported, erased; the digest of their consent stays.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { form, PAGE, SECRET } from "../support/ingress.js";
import { startRelay } from "../support/relay-worker.js";
import { openBrowser } from "../support/review-browser.js";

const WORDS = "Yes, Acme may text me.";

test("one person on the review page", async (t) => {
  const consent = { field: "consent", texts: { "2026-11": WORDS }, keepAddress: true };
  const listeners = { welcome: { consent }, reminder: { consent } };
  const { worker, address, until } = await startRelay(t, { listeners });
  /** @param {Record<string, string>} fields @param {string} [listener] */
  const lead = async (fields, listener = "welcome") => {
    const answer = await fetch(address.replace("welcome", listener), {
      method: "POST",
      body: form({ consent: WORDS, ...fields }),
      headers: { origin: PAGE },
    });
    assert.equal(answer.status, 202);
  };
  await lead({ firstName: "Jane", phoneNumber: "(333) 444-0001", message: "The first." });
  await lead({ firstName: "Janet", phoneNumber: "333.444.0001", message: "The second." });
  await lead({ firstName: "Joe", phoneNumber: "3334440002" });
  await lead({ firstName: "Jane", phoneNumber: "3334440001" }, "reminder");
  await until({ delivered: 3 });

  const { page, questions, shoot } = await openBrowser(t, "review-person");
  const items = page.getByRole("listitem");
  const person = page.getByLabel("Phone number or email");
  /** Presses it, and reads the lines of the file that comes. @param {string} name @returns {Promise<any[]>} */
  const exported = async (name) => {
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name }).click();
    const text = await readFile(await (await waiting).path(), "utf8");
    return text.split("\n").flatMap((line) => (line === "" ? [] : JSON.parse(line)));
  };

  await page.goto(`${worker.url}review`);
  await page.getByLabel("Review secret").fill(SECRET);
  await page.keyboard.press("Enter");
  await page.getByRole("group", { name: "State" }).getByRole("button", { name: "all" }).click();
  await items.nth(2).waitFor();

  await t.test("is found by number, however that is written", async () => {
    await page.getByLabel("Name, number, words or id").fill("(333) 444 0001");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "2 leads found" }).waitFor();
    assert.match(await items.first().innerText(), /Janet[\s\S]*3334440001/);
  });

  await page.getByText("People, consents and alerts").click();
  await person.fill("333-444-0001");

  /** @type {string[]} */
  let digests = [];
  await t.test("is exported: each lead and each consent, of every listener", async () => {
    const lines = await exported("Export this person");
    assert.deepEqual(lines.map(({ kind, listener }) => `${kind} ${listener}`).sort(), [
      "consent reminder",
      "consent welcome",
      "consent welcome",
      "lead reminder",
      "lead welcome",
      "lead welcome",
    ]);
    assert.doesNotMatch(JSON.stringify(lines), /Joe|3334440002/);
    const { words, phoneNumber } = JSON.parse(lines.find(({ kind }) => kind === "consent").record);
    assert.deepEqual([words, phoneNumber], [WORDS, "3334440001"]);
    digests = (await exported("Export all consents")).map(({ digest }) => digest);
    assert.equal(digests.length, 3);
    await shoot("found");
  });

  await t.test("is erased, after a question that names them", async () => {
    await person.fill("333-444-0001");
    await page.getByRole("button", { name: "Erase this person" }).click();
    await page.getByRole("status").filter({ hasText: "all contents of this person are erased" }).waitFor();
    assert.deepEqual(questions, ["Erase 333-444-0001 everywhere? This cannot be undone."]);
    await shoot("erased");
  });

  await t.test("is gone: from the list, from the export, and from the other listener", async () => {
    await page.getByRole("heading", { name: "0 leads found" }).waitFor();
    await page.getByLabel("Name, number, words or id").fill("");
    await page.keyboard.press("Enter");
    await items.nth(2).waitFor();
    assert.doesNotMatch(await page.locator("main").innerText(), /Jane|3334440001/);
    assert.equal(await items.filter({ hasText: "Joe" }).count(), 1);
    assert.equal(await items.filter({ hasText: "Its contents have been erased." }).count(), 2);
    await person.fill("3334440001");
    assert.deepEqual(await exported("Export this person"), []);
    await page.getByLabel("Listener").selectOption("reminder");
    await items.nth(1).waitFor({ state: "detached" });
    assert.match(await items.innerText(), /Its contents have been erased\./);
    await page.getByLabel("Listener").selectOption("welcome");
    await items.nth(2).waitFor();
  });

  await t.test("leaves the digests of their consents in the chain, and nothing of the records", async () => {
    const lines = await exported("Export all consents");
    assert.deepEqual(
      lines.map(({ digest }) => digest),
      digests,
    );
    assert.deepEqual(
      lines.map(({ record, salt }) => [record !== undefined, salt !== undefined]),
      [
        [false, false],
        [false, false],
        [true, true],
      ],
    );
    await shoot("chain");
  });
});
