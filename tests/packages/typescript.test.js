// What users write compiles against the packed package, however they have set up TypeScript, and misuse does not.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import test from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { consumer, succeed } from "./install.js";
import { versionsOf } from "./support/bundler.js";
import { row } from "./support/row.js";

/** One for each part of the package; each holds its own misuse, behind `@ts-expect-error`. */
const app = at("tests", "packages", "support", "typescript-app");

/**
 * @typedef {object} Resolution
 * @property {string} name
 * @property {string} module
 * @property {string[]} endings of the files: who imports decides what is imported
 * @property {string[]} conditions by which declarations are found
 */

/** @type {Resolution[]} */
const resolutions = [
  { name: "nodenext", module: "nodenext", endings: [".mts", ".cts"], conditions: ["default", "require"] },
  { name: "bundler", module: "esnext", endings: [".ts"], conditions: ["default"] },
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
    const note = "`nodenext` from ESM and CommonJS, and `bundler`; each with and without `skipLibCheck`";
    row({ environment: `TypeScript ${project.slice("typescript-".length)}`, versions: versionsOf(folder), note });
  });
}

/** @param {string} folder @param {Resolution} resolution the project in it that is compiled */
const write = async (folder, { name, module, endings }) => {
  await mkdir(join(folder, name));
  const parts = (await readdir(app)).map((file) => join(app, file));
  for (const file of [...parts, at("tests", "types", "usage.ts"), at("tests", "types", "misuse.ts")]) {
    // Node cannot import WebAssembly by default.
    if (basename(file) === "wasm.ts" && name === "nodenext") continue;
    for (const ending of endings) {
      await writeFile(join(folder, name, basename(file, ".ts") + ending), readFileSync(file));
    }
  }
  const compilerOptions = {
    ...{ module, moduleResolution: name, target: "es2022", lib: ["es2022", "dom", "dom.iterable"], types: [] },
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true },
  };
  await writeFile(join(folder, name, "tsconfig.json"), JSON.stringify({ compilerOptions }));
};

/**
 * @param {string} folder
 * @param {Resolution} resolution
 * @returns {string[]} the declarations of all that the package exports
 */
const declarations = (folder, { name, conditions }) => {
  const home = join(folder, "node_modules", "botsplash");
  const { exports } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  return Object.values(exports).flatMap((entry) => {
    const found = conditions.flatMap((condition) => entry[condition]?.types ?? []);
    if (found.length === 0 && entry.types && name === "bundler") found.push(entry.types);
    for (const file of found) assert.ok(existsSync(join(home, file)), `${file} is not there`);
    return found.map((file) => join("node_modules", "botsplash", file));
  });
};
