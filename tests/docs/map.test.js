// CONTRIBUTING's map of the code has each folder that is there, and none that is not.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";

/** How deep the map goes, where that is more than one folder. @type {Record<string, number>} */
const DEPTHS = { src: 2, relay: 2, tests: 2, www: 3 };

/** @returns {string[]} the paths that the map's first column names */
const named = () => {
  const text = readFileSync(at("CONTRIBUTING.md"), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith("Where things are\n")) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path));
};

/** @param {string} path @returns {string} a folder with its slash */
const start = (path) => path.replace(/[^/]*\*.*$/, "");

test("each place that the map names is there", () => {
  assert.ok(named().length > 20);
  for (const path of named()) assert.ok(existsSync(at(start(path))), path);
});

test("the walks through the code pass files that are there", () => {
  const section = readFileSync(at("CONTRIBUTING.md"), "utf8")
    .split(/^## /m)
    .find((part) => part.startsWith("Where things are\n"));
  const walks = (section ?? "").split("\n|")[0] ?? "";
  const files = [...walks.matchAll(/`([\w./-]+\.\w+)`/g)].map(([, file = ""]) => file);
  assert.ok(files.length > 5);
  for (const file of files) assert.ok(existsSync(at(file)), file);
});

test("each folder that holds files is on the map, itself or by a folder around it", async () => {
  const { code, output } = await capture("git", ["ls-files"]);
  assert.equal(code, 0, output);
  const folders = new Set(
    output
      .split("\n")
      .filter((file) => file.includes("/") && !file.startsWith("."))
      .map((file) => file.split("/").slice(0, DEPTHS[file.split("/")[0] ?? ""] ?? 1))
      // A file beside such folders explains itself.
      .filter((parts) => !parts.at(-1)?.includes("."))
      .map((parts) => `${parts.join("/")}/`),
  );
  const places = named().filter((path) => !path.includes("*"));
  const missing = [...folders].filter(
    (folder) => !places.some((place) => folder.startsWith(place) || place.startsWith(folder)),
  );
  assert.deepEqual(missing, []);
});
