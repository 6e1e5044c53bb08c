// Users' code compiles against the packed package, however they have set up TypeScript, and misuse does not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import test from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { consumer, installed, succeed } from "./install.js";
import { row } from "./support/row.js";

/** One for each part of the package; each holds its own misuse, behind `@ts-expect-error`. */
const app = at("tests", "packages", "support", "typescript-app");

/**
 * @typedef {object} Resolution
 * @property {string} name
 * @property {object} settings
 * @property {string[]} endings of the files: who imports decides what is imported
 * @property {string[]} conditions by which declarations are found
 * @property {RegExp} [lacks] the parts that are not for it
 */

const fromNode = { module: "nodenext", moduleResolution: "nodenext" };
const fromBundler = { module: "esnext", moduleResolution: "bundler" };
const dom = { lib: ["es2022", "dom", "dom.iterable"], types: [] };
const withoutDom = { lib: ["es2022"], types: ["node"] };
const toNode = { endings: [".mts", ".cts"], conditions: ["default", "require"] };
const toBundler = { endings: [".ts"], conditions: ["default"] };

/** @type {Resolution[]} Node cannot import WebAssembly by default, and has no forms. */
const resolutions = [
  { name: "nodenext", settings: { ...fromNode, ...dom }, ...toNode, lacks: /wasm/ },
  { name: "nodenext-without-dom", settings: { ...fromNode, ...withoutDom }, ...toNode, lacks: /wasm|form/ },
  { name: "bundler", settings: { ...fromBundler, ...dom }, ...toBundler },
];

for (const project of ["typescript-7", "typescript-5.9"]) {
  test(project, async (t) => {
    const folder = await consumer(t, project);
    const tsc = join(folder, "node_modules", ".bin", "tsc");
    for (const resolution of resolutions) {
      await write(folder, resolution);
      for (const skipLibCheck of [true, false]) {
        await t.test(`${resolution.name}, skipLibCheck ${skipLibCheck}`, async () => {
          await succeed(tsc, ["--project", resolution.name, "--skipLibCheck", String(skipLibCheck)], folder);
        });
      }
      await t.test(`${resolution.name} reads the declarations of all that the package exports`, async () => {
        const read = await succeed(tsc, ["--project", resolution.name, "--listFilesOnly"], folder);
        for (const file of declarations(folder, resolution)) {
          assert.ok(read.includes(file), `${file} was not read: is there a file in ${app} that imports it?`);
        }
      });
    }
    const note =
      "`nodenext` from ESM and CommonJS, with and without the DOM's types, and `bundler`; " +
      "each with and without `skipLibCheck`";
    row({
      environment: `TypeScript ${project.slice("typescript-".length)}`,
      versions: installed(folder, "typescript"),
      note,
    });
  });
}

/** @param {string} folder @param {Resolution} resolution the project in it that is compiled */
const write = async (folder, { name, settings, endings, lacks }) => {
  await mkdir(join(folder, name));
  const parts = (await readdir(app)).map((file) => join(app, file));
  for (const file of [...parts, at("tests", "types", "usage.ts"), at("tests", "types", "misuse.ts")]) {
    if (lacks?.test(basename(file))) continue;
    for (const ending of endings) {
      await writeFile(join(folder, name, basename(file, ".ts") + ending), readFileSync(file));
    }
  }
  const compilerOptions = {
    ...settings,
    target: "es2022",
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
  };
  await writeFile(join(folder, name, "tsconfig.json"), JSON.stringify({ compilerOptions }));
};

/**
 * @param {string} folder
 * @param {Resolution} resolution
 * @returns {string[]} the declarations of all that the package exports
 */
const declarations = (folder, { conditions, lacks }) => {
  const home = join("node_modules", "botsplash");
  const { exports } = JSON.parse(readFileSync(join(folder, home, "package.json"), "utf8"));
  return Object.entries(exports)
    .filter(([name]) => !lacks?.test(name))
    .flatMap(([, entry]) => entry.types ?? conditions.flatMap((condition) => entry[condition]?.types ?? []))
    .map((file) => join(home, file));
};
