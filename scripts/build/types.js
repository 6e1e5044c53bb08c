import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { at } from "../lib/paths.js";
import { Trouble } from "../lib/run.js";
import { libraries } from "./libraries.js";

/**
 * The types that `using` needs are declared as TypeScript's own library (from 5.2, when it is named) and @types/node do.
 * They merge with those. A reference to that library would end the compilation with 5.0 and 5.1.
 */
const head = `// Types of the npm package botsplash, made from the Rust crate's.
declare global {
    interface SymbolConstructor {
        /** A method that is used to release resources held by an object. */
        readonly dispose: unique symbol;
        /** A method that is used to asynchronously release resources held by an object. */
        readonly asyncDispose: unique symbol;
    }
    interface Disposable {
        [Symbol.dispose](): void;
    }
    interface AsyncDisposable {
        [Symbol.asyncDispose](): PromiseLike<void>;
    }
}`;

/**
 * The declarations of all client entries.
 * @param {string} emitted what wasm-bindgen wrote
 * @param {string} dist
 */
export const declareClient = (emitted, dist) => {
  const slim = readFileSync(at("pkg-template", "types", "slim.d.ts"), "utf8");
  for (const [name, text] of [
    ["index", declarations(emitted)],
    ["slim", slim],
  ]) {
    writeFileSync(join(dist, `${name}.d.ts`), text);
    writeFileSync(join(dist, `${name}.d.cts`), forRequire(text));
  }
  cpSync(at("pkg-template", "types", "botsplash.wasm.d.ts"), join(dist, "botsplash.wasm.d.ts"));
};

/**
 * The declarations of what is written in TypeScript: of those files that an entry
 * leads to. The client's are there before.
 * @param {string} dist
 */
export const declareLibraries = (dist) => {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(at("tsconfig.library.json"), ts.sys.readFile).config,
    ts.sys,
    at(),
  );
  const program = ts.createProgram(
    libraries.map(({ entry }) => at(entry)),
    {
      ...options,
      noEmit: false,
      incremental: false,
      tsBuildInfoFile: undefined,
      declaration: true,
      emitDeclarationOnly: true,
      outDir: dist,
      rootDir: at(),
      paths: { botsplash: [join(dist, "index.d.ts")] },
    },
  );
  /** @type {Map<string, string>} */
  const texts = new Map();
  program.emit(undefined, (file, text) =>
    texts.set(file, text.replace(/(["'])(\.{1,2}\/[\w/-]+)\.ts\1/g, "$1$2.js$1")),
  );

  /** @param {string} file with those that it leads to */
  const write = (file) => {
    const text = texts.get(file);
    if (text === undefined) throw new Trouble(`tsc did not write declarations at ${file}`);
    texts.delete(file);
    for (const [, other] of text.matchAll(/"(\.{1,2}\/[\w/-]+)\.js"/g)) {
      const next = join(dirname(file), `${other}.d.ts`);
      if (texts.has(next)) write(next);
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    writeFileSync(file.replace(/\.ts$/, ".cts"), forRequire(text));
  };
  for (const { name, entry } of libraries) {
    write(join(dist, entry.replace(/\.ts$/, ".d.ts")));
    const text = `export * from "./${entry.replace(/\.ts$/, ".js")}";\n`;
    writeFileSync(join(dist, `${name}.d.ts`), text);
    writeFileSync(join(dist, `${name}.d.cts`), forRequire(text));
  }
};

/** @param {string} text declarations for `import`, turned into those for `require` */
const forRequire = (text) => text.replace(/(["'])(\.{1,2}\/[\w/-]+)\.js\1/g, "$1$2.cjs$1");

/**
 * index.d.ts, made readable out of what wasm-bindgen wrote.
 * @param {string} emitted
 */
const declarations = (emitted) => {
  const source = ts.createSourceFile("emitted.d.ts", emitted, ts.ScriptTarget.Latest, true);
  const [client, ...others] = inOrder(source.statements, (statement) => (nameOf(statement) === "Botsplash" ? 0 : 1));
  if (!client || nameOf(client) !== "Botsplash") throw new Trouble("src/js/client.d.ts: expected a class Botsplash");
  // The class, what goes with it (as the crate has it), then the API's schemas (as the contract has them).
  const order = [...shared, ...schemas()];
  const texts = inOrder(others, (statement) => order.indexOf(nameOf(statement))).map(textOf);
  return (
    [head, textOf(client), ...texts]
      .join("\n\n")
      .replace(/\/\*\*\n +\* (.*)\n +\*\//g, "/** $1 */")
      // wasm-bindgen indents what stands in braces, and the members of a union do not.
      .replace(/^(\/\*\*.*\n)?\|/gm, (member) => member.replace(/^/gm, "    "))
      // Users with exactOptionalPropertyTypes may still pass a value that may be undefined: the client takes it.
      .replace(
        /^( +(?:readonly )?\w+\?: )(?!.*\b(?:never|undefined);)(.*);$/gm,
        (_, name, type) => `${name}${type.includes("=>") ? `(${type})` : type} | undefined;`,
      )
      .concat("\n")
  );
};

/** Types that schemas and operations share. */
const shared = ["VisitorRef", "JsonObject", "OpenResponse"];

/**
 * @template {ts.Node} Node
 * @param {readonly Node[]} nodes
 * @param {(node: Node) => number} rank
 */
const inOrder = (nodes, rank) => [...nodes].sort((a, b) => rank(a) - rank(b));

/** @param {ts.Node} node with its documentation */
const textOf = (node) => docOf(node) + node.getText();

/** @param {ts.Node} node */
const docOf = (node) => {
  const doc = node.getFullText().slice(0, node.getLeadingTriviaWidth());
  return doc.slice(doc.indexOf("/**")).trimStart();
};

/** @param {ts.Statement} statement */
const nameOf = (statement) => {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0].name.getText();
  const { name } = /** @type {ts.DeclarationStatement} */ (statement);
  return name?.getText() ?? "";
};

/** @returns {string[]} */
const schemas = () => Object.keys(JSON.parse(readFileSync(at("openapi.json"), "utf8")).components.schemas);
