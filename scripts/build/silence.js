import { readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import binaryen from "binaryen";
import { Trouble } from "../lib/run.js";

/**
 * The functions that only a panic runs, to find its words. With `panic = "abort"` it ends in a trap
 * that nobody reads the words of, and they are a tenth of the wasm.
 */
const words =
  /^<?(core::fmt::(write|Formatter)|core::(panicking|str::(slice_error_fail|count))|core::slice::(index::slice_\w*fail|copy_from_slice_impl::len_mismatch_fail)|core::(option|result)::(unwrap|expect)_failed|core::cell::panic_already|alloc::(raw_vec::(handle_error|capacity_overflow)|alloc::handle_alloc_error)|alloc::string::String as core::fmt::Write|std::(panicking|alloc::rust_oom|sys::backtrace)|[ui](8|16|32|64|128|size) as core::fmt)/;

/** wasm-bindgen's exports for objects, for texts whose room grows, and for panics that unwind. */
const unused = [
  "__wbindgen_externrefs",
  "__wbindgen_start",
  "__wbindgen_realloc",
  "__abort_handler",
  "__instance_terminated",
];

/**
 * Makes a panic trap at once, without words, and leaves out the table of objects.
 *
 * Should one of these functions be called for another purpose, it would trap too. Whatever the
 * tests reach in the built package, they reach in this form.
 * @param {string} file a wasm with its names, rewritten in place
 */
export const silence = (file) => {
  const module = binaryen.readBinary(readFileSync(file));
  const found = [];
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const { name, module: from, params, results } = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
    // `core[5c93…]::panicking::panic_fmt`: the brackets hold the compiler's own hash.
    if (from === "" && words.test(name.replaceAll(/\[[0-9a-f]+\]/g, ""))) found.push({ name, params, results });
  }
  if (found.length === 0)
    throw new Trouble("the wasm lacks the panic functions that scripts/build/silence.js names. Update the names");
  for (const { name, params, results } of found) {
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.unreachable());
  }
  for (const name of unused) module.removeExport(name);
  // The names stay: they say later what weighs how much.
  binaryen.setDebugInfo(true);
  writeFileSync(file, withoutWords(module.emitBinary()));
  module.dispose();
};

/** Panics whose words are a text in the wasm; those that wasm-bindgen throws as errors stay. */
const spoken = [
  "cannot access a Thread Local Storage value during or after destruction: ",
  "overflow in Duration::new",
  "mid > len",
  "attempt to join into collection with len > usize::MAX",
  "capacity overflow",
  "`async fn` resumed after completion",
  "RefCell already mutably borrowed",
  "RefCell already borrowed",
  "AccessError",
];

/**
 * Blanks those words, and the paths of source files, which only they would name. A path would also
 * tell where the package was built.
 * @param {Uint8Array} wasm
 */
const withoutWords = (wasm) => {
  /** @param {string} text */
  const plain = (text) => text.replaceAll(/[^\w ]/g, "\\$&");
  const cargo = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const starts = [cargo, "/rustc/", "/rust/deps/", "src/"].map(plain);
  const dead = new RegExp(`(${starts.join("|")})[\\w./-]*?\\.rs|${spoken.map(plain).join("|")}`, "g");
  return Buffer.from(
    Buffer.from(wasm)
      .toString("latin1")
      .replaceAll(dead, (found) => "\0".repeat(found.length)),
    "latin1",
  );
};
