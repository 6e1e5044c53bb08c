// Names of a form's fields that mean nothing to the relay, and the one that was probably meant.

import { CHARSET_FIELD, KEY_FIELD, LEAD_FIELDS, TURNSTILE_FIELD } from "./fields.ts";

// cspell:ignore mobilephone mobilenumber givenname familyname emailaddress
/** Other names that people use for the fields. */
const ALIASES: Record<string, string> = {
  phone: "phoneNumber",
  tel: "phoneNumber",
  telephone: "phoneNumber",
  mobile: "phoneNumber",
  cell: "phoneNumber",
  cellphone: "phoneNumber",
  mobilephone: "phoneNumber",
  mobilenumber: "phoneNumber",
  number: "phoneNumber",
  first: "firstName",
  fname: "firstName",
  givenname: "firstName",
  forename: "firstName",
  name: "firstName",
  last: "lastName",
  lname: "lastName",
  surname: "lastName",
  familyname: "lastName",
  mail: "email",
  emailaddress: "email",
  timezone: "tzName",
  tz: "tzName",
  comment: "message",
  comments: "message",
  msg: "message",
  text: "message",
};

/** `visitor[phone_number][]` and `args.message` without what frameworks put around a name. */
const bare = (name: string) =>
  name
    .toLowerCase()
    .replace(/^(?:visitor|args|lead|form|data)(?=[.[_-])/, "")
    .replace(/[^a-z\d]/g, "");

/** The known name that was probably meant. */
export const probablyMeant = (name: string, known: readonly string[] = LEAD_FIELDS): string | undefined => {
  const given = bare(name);
  const alias = Object.hasOwn(ALIASES, given) ? ALIASES[given] : undefined;
  return (
    known.find((one) => bare(one) === given) ??
    (alias !== undefined && known.includes(alias) ? alias : undefined) ??
    known.find((one) => given.length > 4 && distance(bare(one), given) <= 2)
  );
};

/** How many letters to change, add or leave out (Levenshtein). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of [...a].entries()) {
    const above = row;
    row = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const left = row[j] ?? 0;
      const over = above[j + 1] ?? 0;
      const before = above[j] ?? 0;
      row.push(Math.min(left + 1, over + 1, before + (char === other ? 0 : 1)));
    }
  }
  return row[b.length] ?? 0;
};

/** A name like a field's, which says nothing about anybody: a phone number would be one. */
const HARMLESS = /^(?!(?:\D*\d){7})[a-z_][\w.[\]-]{0,39}$/i;
const MOST = 20;

/** Which names of a form mean nothing, as far as a name can be kept: what somebody has typed is not one. */
export const unknownNames = (form: URLSearchParams, known: readonly string[]): string[] => {
  const all = new Set<string>([...known, KEY_FIELD, TURNSTILE_FIELD, CHARSET_FIELD, "g-recaptcha-response"]);
  const names = new Set([...form].filter(([name, value]) => value !== "" && !all.has(name)).map(([name]) => name));
  return [...names].filter((name) => HARMLESS.test(name)).slice(0, MOST);
};
