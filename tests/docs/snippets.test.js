// Every piece of code in the guides is a file that runs here, against a sandbox.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
import { sources, withRecipes } from "../../scripts/readme/recipe-blocks.js";

const guides = readdirSync(at("docs")).filter((name) => name.endsWith(".md"));
/** Languages of what runs; text, HTML in prose and output are not our code. */
const RUNS = ["js", "ts", "jsx", "tsx", "rust"];

/** @param {string} name of a snippet */
const run = (name) =>
  capture(process.execPath, [
    "--import",
    pathToFileURL(at("tests", "docs", "preload.mjs")).href,
    at("tests", "docs", "snippets", name),
  ]);

/** The sandbox's record of each snippet. @type {Record<string, RegExp>} */
const expected = {
  "extra-fields.mjs": /sandbox: no request/,
  "first-submit.mjs": /^true [\w-]{36}\n\nsandbox: submitListener 200\n$/,
  "quick-start.mjs": /^[\w-]{36} \[\s+\{\s+to: '3334445555',[\s\S]*\n\nsandbox: no request\n$/,
  "sandbox.mjs": /^unknown\n1\n\nsandbox: no request\n$/,
  "tell-the-person.mjs": /sandbox: no request/,
  "answer-with.mjs": /sandbox: no request/,
  "hand-on.mjs": /^timeout unknown true\n/,
  "observe.mjs": /"operation":"listMeetings","attempt":1,[\s\S]*sandbox: listMeetings/,
  "once-per-lead.mjs": /sandbox: submitListener 200/,
  "routes.mjs": /sandbox: no request/,
};

for (const name of readdirSync(at("tests", "docs", "snippets"))) {
  test(`${name} runs as it is`, async () => {
    const { code, output } = await run(name);
    assert.equal(code, 0, output);
    assert.ok(expected[name], `say in this file which output ${name} has`);
    assert.match(output, expected[name]);
  });
}

for (const guide of guides) {
  const text = readFileSync(at("docs", guide), "utf8");

  test(`${guide}: each included file is as it is on disk`, () => {
    for (const source of sources(text)) assert.ok(existsSync(at(source)), `${source} does not exist`);
    assert.ok(withRecipes(text) === text, "some are not: `node scripts/recipes.js` makes them so");
  });

  test(`${guide}: all code is included from a file that is tested`, () => {
    for (const [, before = "", language = ""] of text.matchAll(/(^.*\n)```(\w+)/gm)) {
      if (RUNS.includes(language))
        assert.match(before, /^<!-- from (tests|examples|deploy)\//, `a fence of ${language} is not included`);
    }
  });
}

test("a configuration through a hop hands the secret on, beside the headers of the request", async (t) => {
  const { default: configure } = await import(String("./configurations/through-a-hop.js"));
  /** @type {any[]} */
  const seen = [];
  t.mock.method(globalThis, "fetch", async (/** @type {any[]} */ ...given) => seen.push(given));
  await configure({ HOP_SECRET: "s" }).fetch("https://hop.example.com/", { method: "HEAD", headers: { accept: "x" } });
  assert.deepEqual(seen, [
    ["https://hop.example.com/", { method: "HEAD", headers: { accept: "x", "X-Hop-Secret": "s" } }],
  ]);
});

test("an alert goes to the webhook as a text", async (t) => {
  const { default: configure } = await import(String("./configurations/alerts-to-a-webhook.js"));
  /** @type {any[]} */
  const bodies = [];
  t.mock.method(globalThis, "fetch", async (/** @type {any} */ _, /** @type {any} */ { body }) => bodies.push(body));
  await configure({ ALERT_WEBHOOK: "https://chat.example/" }).onAlert({ code: "a", message: "b", listenerId: "c" });
  assert.deepEqual(bodies, ['{"text":"c: a: b"}']);
});

for (const name of ["smallest.js", "with-consent.js"]) {
  test(`${name} is a configuration that the relay takes`, async () => {
    const { default: configure } = await import(`./configurations/${name}`);
    const { createRelay } = await import("botsplash/relay");
    const env = { BOTSPLASH_USERNAME: "u", BOTSPLASH_PASSWORD: "p", REVIEW_SECRET: "s".repeat(32) };
    /** @type {any[]} */
    const alerts = [];
    const bindings = {
      outbox: { idFromName: (/** @type {string} */ id) => id, get: () => ({ fetch: async () => new Response("{}") }) },
      rateLimit: /** @type {const} */ (false),
      onAlert: (/** @type {any} */ alert) => alerts.push(alert),
    };
    const relay = createRelay(() => ({ ...configure(env), ...bindings }));
    const answer = await relay.fetch(new Request("https://relay.example.com/nowhere"), env);
    assert.equal(answer.status, 404);
    assert.deepEqual(alerts, []);
  });
}
