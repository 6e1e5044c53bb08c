import assert from "node:assert/strict";
import test from "node:test";
import { parse, render, stale } from "../../scripts/readme/environments-table.js";

/** @typedef {import("../../scripts/readme/environments-table.js").Row} Row */

/** @type {Row[]} */
const rows = [
  { environment: "Vite 8, build", versions: { vite: "8.3.8" }, appBytes: 30_000 },
  { environment: "Deno", versions: { deno: "2.9.6" }, note: "with `--allow-net` only" },
];
const [vite, deno] = rows;

test("the table names environments in their order, with what was tried and what the app downloads", () => {
  assert.equal(
    render(rows),
    [
      "| environment   | tried with | the app downloads |                         |",
      "| ------------- | ---------- | ----------------- | ----------------------- |",
      "| Deno          | deno 2.9.6 |                   | with `--allow-net` only |",
      "| Vite 8, build | vite 8.3.8 | 30,000 bytes      |                         |",
      "",
    ].join("\n"),
  );
});

test("a table just made is not stale, whatever the order", () => {
  assert.deepEqual(stale(parse(render(rows)), [...rows].reverse()), []);
});

test("an environment more or less makes it stale", () => {
  assert.match(stale(parse(render([deno])), rows).join(), /^Vite 8, build: passed/);
  assert.match(stale(parse(render(rows)), [deno]).join(), /^Vite 8, build: .* has not passed$/);
  assert.equal(stale(parse(""), rows).length, 2);
});

/** @param {Partial<Row>} change @returns {string[]} what a table with the first row is told when the run gave another */
const changed = (change) => stale(parse(render([vite])), [{ ...vite, ...change }]);

test("an update of the machine's browsers does not make it stale", () => {
  /** @param {string} browser @param {string} version @returns {Row[]} */
  const page = (browser, version) => [{ environment: "Page", versions: { [browser]: version } }];
  for (const browser of ["chromium", "firefox", "webkitgtk"]) {
    assert.deepEqual(stale(parse(render(page(browser, "156.0.8078.79"))), page(browser, "160.1")), []);
    assert.match(stale(parse(render(page(browser, "156.0"))), page("deno", "156.0")).join(), /it was deno/);
  }
});

test("minor versions, notes and more than 2% of the bytes make it stale; less does not", () => {
  assert.deepEqual(changed({ versions: { vite: "8.3.9" }, appBytes: 30_500 }), []);
  assert.match(changed({ versions: { vite: "8.4.0" } }).join(), /says vite 8\.3\.8/);
  assert.match(changed({ note: "slow" }).join(), /"slow"/);
  assert.match(changed({ appBytes: 31_000 }).join(), /31000/);
  assert.match(changed({ appBytes: undefined }).join(), /30000/);
});
