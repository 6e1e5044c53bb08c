// A form whose charset is not UTF-8, from its bytes. Between here and the decoder a text of "one byte, one character"
// stands for bytes, since every parser takes texts.
import { CHARSET_FIELD } from "../fields.ts";
import { charsetOf, decodeAs, FALLBACK, withReferences } from "./charset.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Pair = readonly [name: string, value: string];

/** A form, and the charset it was read as where that is not UTF-8. */
export interface DecodedForm {
  form: URLSearchParams;
  charset?: string;
}

/** Each byte as the character of the same number. */
const byteText = (bytes: Bytes): string => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
};

const bytesOf = (text: string): Bytes => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** The pairs of an urlencoded body, undecoded. */
export const urlencodedPairs = (bytes: Bytes): Pair[] =>
  byteText(bytes)
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
      return [percentDecoded(name), percentDecoded(value)];
    });

const percentDecoded = (text: string) =>
  text
    .replaceAll("+", " ")
    .replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A multipart body in which each byte is a character of its own, so that any parser hands the bytes on. */
export const widened = (bytes: Bytes): Bytes => new TextEncoder().encode(byteText(bytes));

/** The form that these pairs of bytes stand for. */
export const decodedForm = (pairs: readonly Pair[], declared: string | undefined): DecodedForm => {
  const byField = pairs.find(([name]) => name === CHARSET_FIELD)?.[1];
  const pieces = pairs.flatMap(([name, value]) => [bytesOf(name), bytesOf(value)]);
  const charset = charsetOf(pieces, byField || declared);
  if (charset === "utf-8") return { form: formOf(pairs, (text) => decodeAs(bytesOf(text), charset)) };
  const read = (text: string) => withReferences(decodeAs(bytesOf(text), charset));
  return { form: formOf(pairs, read), charset: charset || FALLBACK };
};

const formOf = (pairs: readonly Pair[], read: (text: string) => string) =>
  new URLSearchParams(pairs.map(([name, value]) => [read(name), read(value)]));
