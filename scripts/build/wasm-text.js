// The wasm as printable ASCII: one letter for a byte, two for the rarer ones. Brotli and gzip make as little of
// it as of the wasm itself, which they do not of base64. No letter ends a string or begins a tag.

/** Bytes below have a letter of their own. */
const SINGLE = 90;
/** From `#` to `~`, but for two, which space and `!` stand in for. */
const LETTERS = Array.from({ length: 92 }, (_, at) => String.fromCharCode(35 + at)).map((letter) =>
  letter === "<" ? " " : letter === "\\" ? "!" : letter,
);

/** @param {Uint8Array} wasm @returns what pkg-template/src/bytes.ts reads */
export const wasmText = (wasm) => {
  let text = "";
  for (const byte of wasm) {
    const rest = byte - SINGLE;
    text +=
      rest < 0 ? LETTERS[byte] : LETTERS[SINGLE + Math.floor(rest / LETTERS.length)] + LETTERS[rest % LETTERS.length];
  }
  return text;
};
