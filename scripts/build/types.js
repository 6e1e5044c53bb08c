import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { at } from "../lib/paths.js";
import { Trouble } from "../lib/run.js";
import { libraries } from "./libraries.js";

const lifecycle = `    /**
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
    [Symbol.dispose](): void;`;

const head = `// Types of the npm package botsplash, made from the Rust crate's.
/// <reference lib="esnext.disposable" />`;

/**
 * The declarations of all client entries.
 * @param {string} emitted what wasm-bindgen wrote
 * @param {string} dist
 */
export const declareClient = (emitted, dist) => {
  const slim = readFileSync(at("pkg-template", "src", "slim.d.ts"), "utf8");
  for (const [name, text] of [
    ["index", declarations(emitted)],
    ["slim", slim],
  ]) {
    writeFileSync(join(dist, `${name}.d.ts`), text);
    writeFileSync(join(dist, `${name}.d.cts`), forRequire(text));
  }
  cpSync(at("pkg-template", "src", "botsplash.wasm.d.ts"), join(dist, "botsplash.wasm.d.ts"));
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
    if (text === undefined) throw new Trouble(`tsc made no declarations at ${file}`);
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
  const raw = source.statements.find((statement) => nameOf(statement) === "RawClient");
  if (!raw || !ts.isClassDeclaration(raw)) throw new Trouble("wasm-bindgen declared no class RawClient");
  const { operations, schemas } = contract();
  const others = source.statements.filter((statement) => statement !== raw);

  // The class, what goes with it (as the crate has it), then the API's schemas (as the contract has them).
  const order = [...shared, ...schemas];
  const texts = inOrder(others, (statement) => order.indexOf(nameOf(statement))).map(textOf);
  return (
    [head, classText(raw, operations), ...texts]
      .join("\n\n")
      .replaceAll("RawClient", "Botsplash")
      .replace(/\/\*\*\n +\* (.*)\n +\*\//g, "/** $1 */")
      // wasm-bindgen indents what stands in braces, and the members of a union do not.
      .replace(/^(\/\*\*.*\n)?\|/gm, (member) => member.replace(/^/gm, "    "))
      .concat("\n")
  );
};

/** Types that schemas and operations share. */
const shared = ["VisitorRef", "JsonObject", "OpenResponse"];

/**
 * The class, its methods in the order of the contract.
 * @param {ts.ClassDeclaration} raw
 * @param {string[]} operations
 */
const classText = (raw, operations) => {
  const [opening] = raw.getText().split("\n");
  const order = ["constructor", ...operations];
  /** @param {ts.ClassElement} member */
  const nameOfMember = (member) =>
    ts.isConstructorDeclaration(member) ? "constructor" : (member.name?.getText() ?? "");
  const members = raw.members.filter((member) => !undocumented.includes(nameOfMember(member)));
  if (members.length !== raw.members.length - undocumented.length) {
    throw new Trouble(`wasm-bindgen declared no ${undocumented.join(" or no ")} in\n${raw.getText()}`);
  }
  const texts = inOrder(members, (member) => order.indexOf(nameOfMember(member))).map(
    (member) => `    ${textOf(member)}`,
  );
  return [docOf(raw) + opening, ...texts, lifecycle, "}"].join("\n");
};

/** What wasm-bindgen declares without a word; `lifecycle` says it better. */
const undocumented = ["free", "[Symbol.dispose]"];

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

const contract = () => {
  const { paths, components } = JSON.parse(readFileSync(at("openapi.json"), "utf8"));
  const methods = Object.values(paths).flatMap((path) => Object.values(path));
  return {
    /** @type {string[]} */
    operations: methods.map(({ operationId }) => operationId),
    schemas: Object.keys(components.schemas),
  };
};
