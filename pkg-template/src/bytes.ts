// The wasm as it travels inside JavaScript. A bundler, a server or a permission cannot keep a second
// file from it, and it is printable ASCII, which survives every charset.
import text from "#wasm-text";

/** A letter stands for a byte, or with the one before it: scripts/build/wasm-text.js writes it so. */
export const bytes = (): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    let value = valueAt(at);
    if (value > 89) value = (value - 90) * 92 + 90 + valueAt(++at);
    bytes[length++] = value;
  }
  return bytes.subarray(0, length);
};

/** Of the letters from `#` to `~`. Space and `!` stand for `<` and the backslash. */
const valueAt = (at: number): number => {
  const code = text.charCodeAt(at);
  return code === 32 ? 25 : code === 33 ? 57 : code - 35;
};
