// The charts say what the tables say, and a table that a chart needs cannot vanish unnoticed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { CHART } from "../../scripts/site/bars.js";
import { measured } from "../../scripts/site/measured.js";

const results = readFileSync(at("bench", "RESULTS.md"), "utf8");
const charts = measured()
  .split(/^(?=<figure)/m)
  .filter((part) => part.startsWith(CHART));

/** @param {string} chart */
const barsOf = (chart) =>
  [...chart.matchAll(/<b>(.*?)<\/b><span>(.*?)<em>(.*?)<\/em>/g)].map(([, name = "", parts = "", text = ""]) => ({
    name,
    parts: [...parts.matchAll(/class="(\w+)" style="--part:([\d.]+)"/g)].map(([, kind, part]) => ({ kind, part })),
    text,
  }));

test("size, calls, start, memory, both relays and the bad days have a chart each", () => {
  assert.equal(charts.length, 11);
  for (const chart of charts) assert.ok(barsOf(chart).length > 1, chart);
});

test("each bar has its name and its figures from the table below it", () => {
  for (const chart of charts) {
    const table = chart.slice(chart.indexOf("\n")).split(/\n(?=[^|\n])/)[0] ?? "";
    for (const { name, text } of barsOf(chart)) {
      assert.ok(table.replaceAll(/[*`]/g, "").includes(name), `${name} is not in ${table}`);
      for (const figure of text.match(/[\d.,]*\d/g) ?? []) assert.ok(table.includes(figure), `${name}: ${figure}`);
    }
  }
});

test("bars are as long as their figures say, and sorted where each row has one", () => {
  const size = barsOf(charts[0] ?? "").map(({ parts, text }) => [
    Number(parts[0]?.part),
    Number(text.replace(",", "")),
  ]);
  const [, most = 0] = size.at(-1) ?? [];
  for (const [part = 0, value = 0] of size) assert.ok(Math.abs(part - value / most) < 1e-4, String(value));
  assert.deepEqual(
    size,
    size.toSorted(([, one = 0], [, other = 0]) => one - other),
  );
});

test("ours is marked, and nobody else is", () => {
  for (const { name, parts } of charts.slice(0, -1).flatMap(barsOf)) {
    assert.equal(parts[0]?.kind, /^(?:ours|botsplash)/.test(name) ? "ours" : "peer", name);
  }
});

test("the page counts the targets that are missed", () => {
  const missed = results.match(/\*\*missed\*\* \|$/gm)?.length ?? 0;
  assert.ok(measured().includes(` and ${missed} are missed.`));
});

test("a table that a chart is made of is missed by name", () => {
  assert.throws(
    () => measured(results.replace("\n### workerd\n", "\n### elsewhere\n")),
    /"workerd" in its section "Calls"/,
  );
  assert.throws(() => measured(results.replace("|  brotli |", "|  zstd   |")), /no column "brotli"/);
});
