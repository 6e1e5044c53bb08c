// Imports point one way: down the layers, and never back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importGraph, paths, rings, rustImports, specifiers } from "./import-graph.js";
import { layers } from "./layers.js";

const graph = importGraph();

/** @param {string} file @param {string} pattern @returns {string | undefined} what of the path the pattern fits */
const fit = (file, pattern) => {
  const source = pattern.replace(/[.]/g, "\\.").replaceAll("*", "[^/]+");
  const end = /\.(js|ts|tsx|json)$/.test(pattern) ? "$" : pattern.endsWith("/") ? "" : "(?=/|\\.rs$|\\.json$)";
  return new RegExp(`^${source}${end}`).exec(file)?.[0];
};

/** @param {string} file @returns {{ layer: string, place: string } | undefined} */
const layerOf = (file) => {
  const [longest] = Object.keys(layers)
    .map((layer) => ({ layer, place: fit(file, layer) ?? "" }))
    .filter(({ place }) => place !== "")
    .sort((a, b) => b.layer.replaceAll("*", "").length - a.layer.replaceAll("*", "").length);
  return longest;
};

/** Tests may import whatever they test. */
const judged = [...graph].filter(([file]) =>
  /^(src|pkg-template|sandbox|relay|command|www|scripts|bench)\//.test(file),
);

test("every file has a layer", () => {
  const strays = judged.map(([file]) => file).filter((file) => layerOf(file) === undefined);
  assert.deepEqual(strays, [], "tests/house/layers.js says where a folder stands");
});

test("no arrow points upward", () => {
  const upward = judged.flatMap(([file, imports]) => {
    const own = layerOf(file);
    if (own === undefined) return [];
    return [...imports]
      .filter((path) => {
        const other = layerOf(path);
        if (other === undefined) return true;
        // Files that share a pattern of files are one layer; folders that share one are apart.
        const isOwn = other.layer === own.layer && (!own.layer.endsWith("*/") || other.place === own.place);
        return !isOwn && !layers[own.layer]?.includes(other.layer);
      })
      .map((path) => `${file} -> ${path}`);
  });
  assert.deepEqual(upward, [], "tests/house/layers.js says which layers a layer uses");
});

test("the layers themselves lead nowhere back", () => {
  assert.deepEqual(rings(new Map(Object.entries(layers).map(([layer, below]) => [layer, new Set(below)]))), []);
});

test("no files import each other, be it through others", () => {
  assert.deepEqual(rings(graph), []);
});

test("the graph sees each kind of import", () => {
  assert.deepEqual(
    specifiers('import type { A } from "./a.ts";\nexport { b } from "./b.ts";\nawait import("./c.ts");'),
    ["./a.ts", "./b.ts", "./c.ts", "./c.ts"],
  );
  assert.deepEqual(specifiers('/** @param {import("./d.js").D} d */'), ["./d.js"]);
  assert.deepEqual(paths("crate::core::{http::{End, Method}, time as clock}"), [
    "crate::core::http::End",
    "crate::core::http::Method",
    "crate::core::time",
  ]);
  const files = ["src/api.rs", "src/core/http.rs", "src/core/call.rs", "src/error.rs"];
  const rust =
    "use super::http::Method;\npub use crate::error::{Error, Result};\nfn a() { crate::api::b() }\n// crate::core::call\n";
  assert.deepEqual(
    rustImports("src/core/call.rs", rust, (path) => files.includes(path)),
    ["src/core/http.rs", "src/error.rs", "src/api.rs"],
  );
  assert.ok(judged.some(([file, imports]) => file.endsWith(".rs") && imports.size > 3));
});
