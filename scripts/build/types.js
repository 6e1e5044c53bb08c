import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";
import { at } from "../lib/paths.js";
import { Trouble } from "../lib/run.js";

const lifecycle = `
    /**
     * Resolves when the WebAssembly runs and the configuration is good; rejects with the
     * \`BotsplashError\` that the first call would reject with.
     *
     * Nothing needs it: every call waits for the same. It brings a mistake to light early.
     */
    ready(): Promise<void>;
    /**
     * Gives the client's memory back at once instead of when it is collected.
     *
     * Calls under way still finish; later ones reject. Nothing needs it.
     */
    free(): void;
    /** The same as \`free()\`, for \`using\` and \`await using\`. */
    [Symbol.dispose](): void;
}`;

const head = `// Types of the npm package botsplash, made from the Rust crate's.
/// <reference lib="esnext.disposable" />`;

/**
 * The declarations of all client entries.
 * @param {string} emitted what wasm-bindgen wrote
 * @param {string} dist
 */
export const declareClient = (emitted, dist) => {
  const slim = readFileSync(at("pkg-template", "src", "slim.d.ts"), "utf8");
  for (const [name, text] of [["index", declarations(emitted)], ["slim", slim]]) {
    writeFileSync(join(dist, `${name}.d.ts`), text);
    writeFileSync(join(dist, `${name}.d.cts`), forRequire(text));
  }
};

/**
 * The sandbox's declarations, from its JSDoc: those files that its index leads to.
 * @param {string} dist
 */
export const declareSandbox = (dist) => {
  const folder = at("sandbox");
  const { config } = ts.readConfigFile(at("tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, folder);
  const program = ts.createProgram([join(folder, "index.js")], {
    ...options,
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: folder, rootDir: at() },
  });
  /** @type {Map<string, string>} */
  const texts = new Map();
  program.emit(undefined, (file, text) => texts.set(basename(file, ".d.ts"), text));

  mkdirSync(join(dist, "sandbox"));
  const reached = new Set(["index"]);
  for (const name of reached) {
    const text = texts.get(name);
    if (text === undefined) throw new Trouble(`tsc made no declarations of sandbox/${name}.js`);
    for (const [, other] of text.matchAll(/"\.\/([\w-]+)\.js"/g)) reached.add(other);
    writeFileSync(join(dist, "sandbox", `${name}.d.ts`), text);
    writeFileSync(join(dist, "sandbox", `${name}.d.cts`), forRequire(text));
  }
  const entry = 'export * from "./sandbox/index.js";\n';
  writeFileSync(join(dist, "sandbox.d.ts"), entry);
  writeFileSync(join(dist, "sandbox.d.cts"), forRequire(entry));
};

/** @param {string} text declarations for `import`, turned into those for `require` */
const forRequire = (text) => text.replace(/(["'])(\.\/[\w/-]+)\.js\1/g, "$1$2.cjs$1");

/**
 * index.d.ts, made readable out of what wasm-bindgen wrote.
 * @param {string} emitted
 */
const declarations = (emitted) => {
  const source = ts.createSourceFile("emitted.d.ts", emitted, ts.ScriptTarget.Latest, true);
  const parts = source.statements.map((statement) => ({
    name: nameOf(statement),
    text: statement.getFullText(source).replace(/^\/\* (tslint|eslint):?.*\*\/$/gm, "").trim(),
  }));
  const raw = parts.find(({ name }) => name === "RawClient");
  if (!raw) throw new Trouble("wasm-bindgen declared no class RawClient");
  raw.text = withLifecycle(raw.text);

  // The class, what goes with it, then the API's schemas in the order of the contract.
  const order = schemas();
  /** @param {{ name: string }} part */
  const rank = ({ name }) => (name === "RawClient" ? -2 : order.indexOf(name));
  const sorted = parts.toSorted((a, b) => rank(a) - rank(b));
  return [head, ...sorted.map(({ text }) => text)].join("\n\n").replaceAll("RawClient", "Botsplash") + "\n";
};

/** @param {string} text the class as wasm-bindgen declares it */
const withLifecycle = (text) => {
  const undocumented = /\n {4}free\(\): void;\n {4}\[Symbol\.dispose\]\(\): void;/;
  const end = /\n}$/;
  for (const marker of [undocumented, end]) {
    if (!marker.test(text)) throw new Trouble(`wasm-bindgen's declarations have changed: ${marker} is not in\n${text}`);
  }
  return text.replace(undocumented, "").replace(end, lifecycle);
};

/** @param {ts.Statement} statement */
const nameOf = (statement) => {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0].name.getText();
  const { name } = /** @type {ts.DeclarationStatement} */ (statement);
  return name?.getText() ?? "";
};

/** @returns {string[]} */
const schemas = () => Object.keys(JSON.parse(readFileSync(at("openapi.json"), "utf8")).components.schemas);
