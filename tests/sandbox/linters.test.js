// openapi.json under the recommended rules of two linters that others use. Neither rule nor warning is left out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import spectralCore from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";
import { at } from "../../scripts/lib/paths.js";

const source = readFileSync(at("openapi.json"), "utf8");

/** @param {string} text @returns {Promise<string[]>} */
const redocly = async (text) => {
  const config = await createConfig({ extends: ["recommended"] });
  const found = await lintFromString({ source: text, absoluteRef: at("openapi.json"), config });
  return found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`);
};

/** @param {string} text @returns {Promise<string[]>} */
const spectral = async (text) => {
  const linter = new spectralCore.Spectral();
  linter.setRuleset(/** @type {any} */ ({ extends: [[rulesets.oas, "recommended"]] }));
  const found = await linter.run(JSON.parse(text));
  return found.map(({ code, message, path }) => `${code}: ${message} ${path.join("/")}`);
};

for (const [name, lint] of /** @type {const} */ ([
  ["Redocly", redocly],
  ["Spectral", spectral],
])) {
  test(`${name}'s linter finds nothing in openapi.json, and something in a worse one`, async () => {
    assert.deepEqual(await lint(source), []);
    const worse = JSON.parse(source);
    delete worse.paths["/{appId}/message"].post.responses["4XX"];
    delete worse.paths["/{appId}/message"].post.tags;
    assert.equal((await lint(JSON.stringify(worse))).length, 1);
  });
}
