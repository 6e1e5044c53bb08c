// Which letters the bytes of a body stand for. Browsers send UTF-8; older pages, mail clients and servers may not.

type Bytes = Uint8Array<ArrayBuffer>;

/** Text, and the charset it was read as where that is not UTF-8. */
export interface Decoded {
  text: string;
  charset?: string;
}

/** The charset of the web where nothing else is known. */
export const FALLBACK = "windows-1252";

/** One byte, one letter: text in such a charset that happens to be valid UTF-8, and is not ASCII, is UTF-8. */
const SINGLE_BYTE = /^(?:windows-125\d|windows-874|iso-8859-|koi8-|macintosh|x-mac|ibm866)/;

/** The decoder of a label, such as `latin1`; undefined where nobody knows the label. */
const decoderOf = (label: string): TextDecoder | undefined => {
  try {
    return new TextDecoder(label.trim().replace(/^"|"$/g, ""), { fatal: true });
  } catch {
    return undefined;
  }
};

const decodes = (decoder: TextDecoder, bytes: Bytes): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
};

const UTF8 = new TextDecoder("utf-8", { fatal: true });

export const asUtf8 = (bytes: Bytes): string | undefined => decodes(UTF8, bytes);

/**
 * Chooses the charset of several pieces of bytes that belong together. It is the declared one where the bytes are valid
 * in it, else UTF-8, else windows-1252, in which every byte is a letter. Bytes that are valid UTF-8, and not ASCII
 * alone, are UTF-8 whatever a declaration of one byte for each letter says: it is wrong.
 */
export const charsetOf = (pieces: readonly Bytes[], declared: string | undefined): string => {
  const isValid = (decoder: TextDecoder) => pieces.every((bytes) => decodes(decoder, bytes) !== undefined);
  const isUtf8 = pieces.every((bytes) => asUtf8(bytes) !== undefined);
  const isAscii = pieces.every((bytes) => bytes.every((byte) => byte < 0x80));
  const decoder = declared === undefined ? undefined : decoderOf(declared);
  if (decoder && isValid(decoder) && !(isUtf8 && !isAscii && SINGLE_BYTE.test(decoder.encoding))) {
    // ASCII means the same in each of these.
    return isAscii && SINGLE_BYTE.test(decoder.encoding) ? "utf-8" : decoder.encoding;
  }
  return isUtf8 ? "utf-8" : FALLBACK;
};

export const decodeAs = (bytes: Bytes, charset: string): string => {
  const text = new TextDecoder(charset).decode(bytes);
  return charset === FALLBACK ? text.replace(/[\x80-\x9f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] ?? char) : text;
};

/** The letters of windows-1252 from 0x80 on: Node 20 reads it as latin1, which has none there. */
const HIGH = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** A whole body, such as JSON. */
export const decode = (bytes: Bytes, declared: string | undefined): Decoded => {
  const charset = charsetOf([bytes], declared);
  return { text: decodeAs(bytes, charset), ...(charset !== "utf-8" && { charset }) };
};

/** A browser writes a letter that the page's charset lacks as `&#1055;`. */
export const withReferences = (text: string): string =>
  text.replace(/&#(\d{1,7});/g, (reference, digits: string) => {
    const code = Number(digits);
    const isLetter = code > 0x7f && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isLetter ? String.fromCodePoint(code) : reference;
  });
