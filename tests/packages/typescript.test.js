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

/** @type {Record<string, RegExp>} The syntax that a compiler lacks. */
const TOO_YOUNG = { "typescript-5.0": /^using/ };

/** @type {Resolution[]} Node cannot import WebAssembly by default, and has no forms. */
const resolutions = [
  { name: "nodenext", settings: { ...fromNode, ...dom }, ...toNode, lacks: /wasm/ },
  { name: "nodenext-without-dom", settings: { ...fromNode, ...withoutDom }, ...toNode, lacks: /wasm|form/ },
  { name: "bundler", settings: { ...fromBundler, ...dom }, ...toBundler },
];

/** Projects, and the compilers in each: @types/node of today does not compile with the oldest. */
const projects = {
  typescript: ["typescript-7", "typescript-5.9"],
  "typescript-old": ["typescript-5.2", "typescript-5.0"],
};

for (const [project, compilers] of Object.entries(projects)) {
  test(project, async (t) => {
    const folder = await consumer(project);
    for (const compiler of compilers) await t.test(compiler, (t) => compiles(t, folder, compiler));
  });
}

/** @param {import("node:test").TestContext} t @param {string} folder @param {string} compiler */
const compiles = async (t, folder, compiler) => {
  const tsc = join(folder, "node_modules", compiler, "bin", "tsc");
  const name = compiler.replace("typescript-", "TypeScript ");
  for (const resolution of resolutions) {
    const project = `${compiler}-${resolution.name}`;
    await write(join(folder, project), resolution, compiler);
    /** @param {...string} options */
    const compile = (...options) => succeed(process.execPath, [tsc, "--project", project, ...options], folder);
    for (const skipLibCheck of [true, false]) {
      await t.test(`${resolution.name}, skipLibCheck ${skipLibCheck}`, async () => {
        await compile("--skipLibCheck", String(skipLibCheck));
      });
    }
    await t.test(`${resolution.name} reads the declarations of all that the package exports`, async () => {
      const read = await compile("--listFilesOnly");
      for (const file of declarations(folder, resolution)) {
        assert.ok(read.includes(file), `${file} was not read: is there a file in ${app} that imports it?`);
      }
    });
  }
  const note =
    "`nodenext` from ESM and CommonJS, with and without the DOM's types, and `bundler`; " +
    "each with and without `skipLibCheck`";
  row({ environment: name, versions: { typescript: installed(folder, compiler)[compiler] }, note });
};

/** @param {string} folder that is made @param {Resolution} resolution @param {string} compiler */
const write = async (folder, { settings, endings, lacks }, compiler) => {
  await mkdir(folder);
  const parts = (await readdir(app)).map((file) => join(app, file));
  const types = ["usage.ts", "using.ts", "misuse.ts"].map((file) => at("tests", "types", file));
  for (const file of [...parts, ...types]) {
    if (TOO_YOUNG[compiler]?.test(basename(file)) || lacks?.test(basename(file))) continue;
    for (const ending of endings) {
      await writeFile(join(folder, basename(file, ".ts") + ending), readFileSync(file));
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
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
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
