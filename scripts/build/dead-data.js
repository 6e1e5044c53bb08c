import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";
import { DATA, reader } from "./groups.js";

/** wasm-bindgen's first text. Behind it lie the tables of functions and types that only panics look into. */
const FIRST_OF_OTHERS = "closure invoked recursively or after being dropped";

/**
 * Clears the read-only data that lies behind the crate's own, if nothing leads there. No optimizer does: it cannot know
 * where an object begins.
 * @param {string} file a wasm with its names, rewritten in place
 */
export const clearDeadData = (file) => {
  const wasm = readFileSync(file);
  const { address, data } = readOnly(wasm);
  const own = data.indexOf(FIRST_OF_OTHERS);
  if (own < 0 || leads(wasm, data.subarray(0, own), address + own, address + data.length)) return;
  data.fill(0, own);
  writeFileSync(file, wasm);
};

/** @param {Buffer} wasm @returns a view of its first data, which is the read-only one, and where they lie in memory */
const readOnly = (wasm) => {
  const file = reader(wasm, 8);
  for (let id = file.byte(); id !== DATA; id = file.byte()) file.bytes(file.number());
  const section = reader(file.bytes(file.number()));
  // How many there are, the kind of this one, `i32.const`; and after the address, `end`.
  section.bytes(3);
  const address = section.number();
  section.byte();
  return { address, data: section.bytes(section.number()) };
};

/**
 * Whether a number in the code, or in the data before, may be an address there.
 * @param {Buffer} wasm
 * @param {Buffer} before
 * @param {number} from
 * @param {number} to
 */
const leads = (wasm, before, from, to) => {
  const module = binaryen.readBinary(wasm);
  const inCode = module.emitText().matchAll(/(?:i32\.const |offset=)(\d+)/g);
  const addresses = Array.from(inCode, ([, digits]) => Number(digits));
  for (let at = 0; at + 4 <= before.length; at++) addresses.push(before.readUInt32LE(at));
  module.dispose();
  return addresses.some((address) => address >= from && address < to);
};
