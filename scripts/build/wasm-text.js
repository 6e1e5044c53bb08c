// The wasm as printable ASCII: one letter for a frequent byte, two for the others. Brotli and gzip make as little of
// it as of the wasm itself, which they do not of base64. No letter ends a string or begins a tag.
//
// Small numbers and the commonest instructions are frequent: two ranges hold most of them. Brotli looks at the kind of
// the letter before. So it does best where the smallest numbers are `x`, `y`, `z`, and the signs after them.

/** The bytes below, and as many as there are letters left from the other on, have a letter of their own. */
const LOW = 66;
const HIGH = 106;
const SINGLE = 89;
/** From `#` to `~`, starting with `x`, but for two, which space and `!` stand in for. */
const LETTERS = Array.from({ length: 92 }, (_, at) => String.fromCharCode(35 + ((at + 85) % 92))).map((letter) =>
  letter === "<" ? " " : letter === "\\" ? "!" : letter,
);

/** @param {Uint8Array} wasm @returns what pkg-template/src/bytes.ts reads */
export const wasmText = (wasm) => {
  let text = "";
  for (const byte of wasm) {
    const place = byte < LOW ? byte : byte < HIGH ? SINGLE : byte - HIGH + LOW;
    text +=
      place < SINGLE
        ? LETTERS[place]
        : LETTERS[SINGLE + Math.floor(byte / LETTERS.length)] + LETTERS[byte % LETTERS.length];
  }
  return text;
};
