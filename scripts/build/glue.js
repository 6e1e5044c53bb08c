import { Trouble } from "../lib/run.js";

/**
 * The names under which the wasm and its JavaScript know each other, as wasm-opt shortened them.
 * @typedef {{ imports: [module: string, old: string, short: string][], exports: [old: string, short: string][] }} Names
 */

const unneeded = new RegExp(
  [
    "export function __wbindgen_init_externref_table\\(\\) \\{[^]*?\\n\\}",
    // Every runtime that can run the package has these.
    "if \\(!\\('encodeInto'[^]*?\\n\\}",
    // Moved to `start`, so that importing the package needs nothing of the platform.
    "cachedTextDecoder\\.decode\\(\\);",
    // Strings are always passed with what makes them grow.
    " *if \\(realloc === undefined\\) \\{[^]*?\\n {4}\\}",
  ]
    .map((pattern) => `^${pattern}\\n`)
    .join("|"),
  "gm",
);

/** Memory that grew has another buffer, so that is enough to look at. */
const detached = /\w+\.buffer\.detached === true \|\| \(\w+\.buffer\.detached === undefined && ([^)]+)\)/g;

/**
 * wasm-bindgen's JavaScript, taught the short names, and how to start.
 *
 * The long ones end in hashes, stand on both sides, and compress badly.
 * @param {string} glue
 * @param {Names} names
 * @param {Buffer<ArrayBuffer>} wasm
 */
export const shortened = (glue, names, wasm) => {
  const exports = new Map(names.exports);
  /** @param {string} old */
  const short = (old) => {
    const name = exports.get(old);
    if (name === undefined)
      throw new Trouble(`wasm-bindgen's JavaScript uses "${old}", which the wasm does not export`);
    return name;
  };
  // Nothing fills their table: see silence.js.
  if (/ExternrefTable\d*\(/.test(glue))
    throw new Trouble("an object of JavaScript's crosses: only numbers and texts may");
  const modules = new Set(WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ module }) => module));
  if (modules.size !== 1) throw new Trouble(`the wasm should import one module, its glue; it imports ${[...modules]}`);

  // A function that needs no conversion is imported from our own file itself, not by way of the glue.
  const direct = names.imports.filter(([module]) => module !== "./botsplash_bg.js");
  const own = direct.map(([module, old]) => `import { ${old} } from ${JSON.stringify(module)};\n`);

  return `${own.join("")}${glue
    .replaceAll(unneeded, "")
    .replace(/^let cachedTextDecoder = .*;$/m, "let cachedTextDecoder;")
    .replace(/^const cachedTextEncoder = .*;$/m, "let cachedTextEncoder;")
    .replaceAll(detached, "$1")
    .replace(/\bwasm\.(\w+)/g, (_, old) => `wasm.${short(old)}`)}
export const imports = { ${[...modules]}: { ${names.imports.map(([, old, name]) => `${name}: ${old}`)} } };
export const start = (exports) => {
    wasm = exports;
    cachedUint8ArrayMemory0 = null;
    cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
    cachedTextEncoder = new TextEncoder();
};
`;
};
