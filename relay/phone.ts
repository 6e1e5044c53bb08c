// Phone numbers as people type them.

/** Characters that people put between digits, and that a copied number brings along unseen. */
const BETWEEN = /[\s().\-/\\·•*_,~\p{Pd}\u2212\p{Cf}\p{Zs}]/gu;

/** Area code and exchange begin with 2 to 9, and neither is one of 211, 311, ..., 911. */
const CODE = "(?!.11)[2-9]\\d\\d";
const NUMBER = new RegExp(`^(?!900)(${CODE})(${CODE})(\\d{4})$`);

/** Ten digits, where it is a number of North America by its syntax, however typed; else undefined. */
export const northAmerican = (typed: string): string | undefined => {
  const text = asciiDigits(typed)
    .normalize("NFKC")
    .replace(/^\s*tel:/i, "")
    .replace(BETWEEN, "");
  const [, digits = ""] = /^(?:\+?1)?(\d{10})$/.exec(text) ?? [];
  return NUMBER.test(digits) ? digits : undefined;
};

/** Enough digits that what follows them is an extension. */
const WHOLE = /^(?:\D*\d){7}/;

/**
 * The digits alone: enough to tell whether two numbers are the same, however typed. An extension is left out. So are the
 * digits that are dialled before a country's code (00, 011) and, behind it, before a number at home: +44 (0)20.
 */
export const digitsOf = (typed: string): string => {
  // Nearly every number is one of these, as the relay itself writes them.
  if (/^[2-9]\d{9}$/.test(typed)) return typed;
  const text = asciiDigits(typed)
    .normalize("NFKC")
    .replace(/^\s*tel:/i, "");
  const [head = ""] = text.split(/[\p{L};#]/u);
  const number = (WHOLE.test(head) ? head : text).trim();
  const isForeign = /^\(?\s*(?:\+|00|011)/.test(number);
  const all = (isForeign ? number.replace(/\(\s*0\s*\)/, "") : number).replace(/\D/g, "");
  const digits = all.startsWith("011") && all.length > 11 ? all.slice(3) : all.replace(/^00/, "");
  return digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits;
};

/** Every script's digits lie in a row from its zero on. */
export const asciiDigits = (text: string) =>
  text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    for (let value = 0; value < 10; value += 1) {
      if (!/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) return String(value);
    }
    return String(code % 10);
  });
