import { Trouble } from "../lib/run.js";

/**
 * The names under which the wasm and its JavaScript know each other, as wasm-opt shortened them.
 * @typedef {{ imports: [module: string, old: string, short: string][], exports: [old: string, short: string][] }} Names
 */

/** Of the table of objects, which nothing fills: see silence.js. */
const unneeded = /^export function __wbindgen_init_externref_table\(\) \{[\s\S]*?\n\}\n/m;

/**
 * How texts cross, in few words. wasm-bindgen's own functions save copies, which short texts do not notice, and count what
 * Safari's decoder has read: it fails after 2 GB. Then the engine is given up, and the next one has a new decoder.
 */
const forTexts = `
function getStringFromWasm0(ptr, len) {
    return decoder.decode(new Uint8Array(wasm.memory.buffer, ptr >>> 0, len));
}
function passStringToWasm0(text, malloc) {
    const bytes = encoder.encode(text);
    WASM_VECTOR_LEN = bytes.length;
    const ptr = malloc(WASM_VECTOR_LEN, 1) >>> 0;
    new Uint8Array(wasm.memory.buffer, ptr).set(bytes);
    return ptr;
}
let encoder, decoder, wasm, WASM_VECTOR_LEN;
`;

/** A function that converts nothing. */
const passing =
  /^export function (\w+)\(([\w, ]*)\) \{\n {4}(?:const ret = )?(wasm\.)?(\w+)\(\2\);\n(?: {4}return ret;\n)?\}\n/gm;

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
  /** @type {[name: string, short: string][]} */
  const functions = [];
  const texts = glue.indexOf("function getStringFromWasm0(");
  const converting = `${glue.slice(0, texts)}${forTexts}`
    .replace(unneeded, "")
    // None is so large that it would be negative.
    .replaceAll(/\b(arg\d+|ret) >>> 0/g, "$1")
    .replace(", wasm.__wbindgen_realloc", "")
    .replaceAll(passing, (_, name, _args, ofWasm, callee) => {
      if (!ofWasm) return `const ${name} = ${callee};\n`;
      functions.push([name, short(callee)]);
      return "";
    })
    .replaceAll(/\bwasm\.(\w+)/g, (_, old) => `wasm.${short(old)}`);

  return `${own.join("")}${converting}
export const imports = { ${[...modules]}: { ${names.imports.map(([, old, name]) => `${name}: ${old}`)} } };
export let ${functions.map(([name]) => name)};
export const start = (exports) => {
    wasm = exports;
    ({ ${functions.map(([name, short]) => `${short}: ${name}`)} } = exports);
    decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    encoder = new TextEncoder();
};
`;
};
