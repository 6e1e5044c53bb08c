// Whether a name is one. A template that greets people by name would text a link, or a number to call, to whomever a
// stranger chooses.

import { asciiDigits } from "../phone.ts";

// cspell:ignore chas thos robt
/** Abbreviations before the dot in names: St.John, Mrs.Smith. */
const ABBREVIATIONS =
  /^(?:st|ste|mr|mrs|ms|mx|dr|prof|sr|jr|fr|rev|hon|capt|lt|col|sgt|gen|gov|sra|srta|mme|mlle|ph|phd|wm|geo|chas|jos|thos|robt|esq)$/i;
/** And what is a link all the same. */
const COMMON =
  /^(?:com|net|org|info|biz|io|co|us|me|ly|app|dev|xyz|link|click|top|site|online|shop|live|page|gl|cc|tv)$/i;

/** The pattern looks at what follows the dot and does not take it, since it may be a label itself: a.example.com. */
const DOMAIN = /([\p{L}\p{M}\p{N}\p{So}-]+)\.(?=(\p{L}[\p{L}\p{M}]{1,23})(?![\p{L}\p{M}\p{N}])([/:?#]?))/gu;

/** Whether a text holds a link, or a number to call. */
export const holdsLure = (typed: string): boolean => {
  const text = asciiDigits(typed)
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/[\u3002\uff61\u2024]/g, ".");
  if (/[a-z][a-z\d+.-]*:\/\/|\bwww\.|\b(?:tel|sms|mailto|data|javascript):|\b\d{1,3}(?:\.\d{1,3}){3}\b/i.test(text)) {
    return true;
  }
  // Whatever stands between the digits: no name has so many.
  if (/(?:\d[^\p{L}\d]*){7}/u.test(text)) return true;
  return [...text.matchAll(DOMAIN)].some(([, label = "", ending = "", next]) => {
    if (next) return true;
    // Initials: J.Smith.
    if (label.length === 1) return false;
    return COMMON.test(ending) || !ABBREVIATIONS.test(label);
  });
};
