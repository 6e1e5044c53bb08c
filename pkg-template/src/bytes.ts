// The wasm as it travels inside JavaScript. A bundler, a server or a permission cannot keep a second
// file from it, and it is printable ASCII, which survives every charset.
import text from "#wasm-text";

/** A letter stands for a byte, or with the one before it: scripts/build/wasm-text.js writes it so. */
export const bytes = (): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const place = placeAt(at);
    bytes[length++] = place > 88 ? (place - 89) * 92 + placeAt(++at) : place < 66 ? place : place + 40;
  }
  return bytes.subarray(0, length);
};

/** Among the letters from `#` to `~`, starting with `x`. Space and `!` stand for `<` and the backslash. */
const placeAt = (at: number): number => {
  const code = text.charCodeAt(at);
  return ((code === 32 ? 60 : code === 33 ? 92 : code) - 28) % 92;
};
