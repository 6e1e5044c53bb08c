// Walks a caller's value along its form. The forms come from Rust, which knows what the API takes
// (the tables), and from forms.ts, for what only JavaScript has.
//
// The check passes what `JSON.stringify` will write: own enumerable fields, `undefined` dropped.
// Whatever the value does when it is touched, the result is an answer, never an exception.
import {
  FORM_BOOLEAN,
  FORM_DATE_TIME,
  FORM_INTEGER,
  FORM_LIST,
  FORM_OBJECT,
  FORM_OPEN,
  FORM_STRING,
} from "./boundary.ts";
import { isDateTime } from "./date-time.ts";
import { callable } from "./fields.ts";
import { meant } from "./nearest.ts";
import type { Foreign } from "./safely.ts";

/**
 * The code of a value, `[FORM_LIST, item]`, or an object. An object is `FORM_OBJECT` or `FORM_OPEN`,
 * and then for each field its name, 1 where it is required, and its form.
 */
export type Form = number | string | Form[];

// The types that JSON cannot hold.
export const FORM_NUMBER = 4;
export const FORM_TEXT = 5;
export const FORM_FUNCTION = 6;
export const FORM_SIGNAL = 7;
/** Any JSON. */
export const FORM_ANY = 8;

/** A value that does not fit, and where it is. No value is ever quoted. */
export interface Misfit {
  field: string;
  problem: string;
}

/** The fault, and the steps to it, the innermost first. */
interface Found {
  path: (string | number)[];
  problem: string;
}

/** Finds undefined where the value fits. It is told how deep in an open object the value is. */
type Check = (value: Foreign, depth: number) => Found | undefined;

// A cycle has no depth, so it ends here too.
const DEEPEST = 100;
// The depth of what is in no open object.
const OUTSIDE = -1;
const DEEPEST_TOLD = 12;

const compiled = new Map<Form, Check>();

/** The first fault in the value, by its form; `name` is the value's name. */
export const check = (value: unknown, form: Form, name: string): Misfit | undefined => {
  let test = compiled.get(form);
  if (!test) compiled.set(form, (test = checkOf(form)));
  let found: Found | undefined;
  try {
    found = test(value, OUTSIDE);
  } catch {
    found = misfit(THREW);
  }
  return found && { field: written(name, found.path), problem: found.problem };
};

const misfit = (problem: string): Found => ({ path: [], problem });

const expect = (fits: unknown, what: string, value: unknown): Found | undefined =>
  fits ? undefined : misfit(`expected ${what}, got ${kind(value)}`);

const within = (step: string | number | undefined, found: Found): Found => {
  if (step !== undefined) found.path.push(step);
  return found;
};

/** By what `FORM_…` says. */
const simple: Check[] = [];
simple[FORM_STRING] = (value) => expect(typeof value === "string", "a string", value);
simple[FORM_BOOLEAN] = (value) => expect(typeof value === "boolean", "true or false", value);
simple[FORM_INTEGER] = (value) => expect(Number.isSafeInteger(value), "a whole number", value);
simple[FORM_DATE_TIME] = (value) => {
  // A Date is what it writes, and may be another realm's, which only its tag tells.
  const isDate = Object.prototype.toString.call(value) === "[object Date]";
  const text = isDate ? value.toJSON() : value;
  const isText = typeof text === "string";
  if (isDate && !isText) return misfit("the Date is invalid");
  return expect(isText, "a date-time string or a Date", value) || (isDateTime(text) ? undefined : misfit(NO_DATE_TIME));
};
simple[FORM_NUMBER] = (value) => expect(Number.isFinite(value), "a number", value);
simple[FORM_TEXT] = (value) => {
  if (typeof value !== "string") return expect(false, "a string", value);
  try {
    encodeURIComponent(value);
  } catch {
    // It has no UTF-8: replacing the half would name somebody else.
    return misfit("it holds half of a surrogate pair");
  }
  return undefined;
};
simple[FORM_FUNCTION] = (value) => expect(typeof value === "function", "a function", value);
simple[FORM_SIGNAL] = (value) => expect(callable(value, "addEventListener"), "an AbortSignal", value);
simple[FORM_ANY] = (value, depth) => any(value, depth);

const checkOf = (form: Form): Check => {
  if (!Array.isArray(form)) return simple[form as number] as Check;
  return form[0] === FORM_LIST ? list(checkOf(form[1] as Form)) : object(form);
};

const list =
  (check: Check): Check =>
  (value, depth) => {
    let at: number | undefined;
    try {
      const wrong = expect(Array.isArray(value), "an array", value) || plain(value);
      if (wrong) return wrong;
      for (at = 0; at < value.length; at++) {
        const wrong = check(value[at], depth + 1);
        if (wrong) return within(at, wrong);
      }
    } catch {
      return within(at, misfit(THREW));
    }
    return undefined;
  };

const object = (form: Form[]): Check => {
  const fields = new Map<string, Check>();
  const required = new Set<string>();
  for (let at = 1; at < form.length; at += 3) {
    const name = form[at] as string;
    fields.set(name, checkOf(form[at + 2] as Form));
    if (form[at + 1]) required.add(name);
  }
  return (value, depth) => {
    let name: string | undefined;
    try {
      const wrong =
        expect(typeof value === "object" && value && !Array.isArray(value), "an object", value) || plain(value);
      if (wrong) return wrong;
      const names = Object.keys(value);
      // A Map, a Promise or a File has no fields that JSON would write: better refused than sent
      // as `{}`.
      const made = names.length ? undefined : value.constructor;
      if (typeof made === "function" && made.name !== "Object") {
        return misfit("expected plain fields, got an object of another class");
      }
      let missing = required.size;
      for (name of names) {
        const check = fields.get(name);
        if (!check && form[0] === FORM_OBJECT) {
          const known = meant(name, fields.keys());
          return within(name, misfit(known ? `unknown name. Did you mean ${known}?` : "unknown name"));
        }
        const item = value[name];
        const isRequired = required.has(name);
        if (item === undefined || (item === null && !isRequired)) continue;
        const wrong = check ? check(item, OUTSIDE) : any(item, depth + 1);
        if (wrong) return within(name, wrong);
        if (isRequired) missing--;
      }
      if (!missing) return undefined;
      for (name of required) {
        if (!names.includes(name) || value[name] === undefined) return within(name, misfit("it is required"));
      }
    } catch {
      return within(name, misfit(THREW));
    }
    return undefined;
  };
};

/** `JSON.stringify` would write what `toJSON` answers, which nobody has checked. */
const plain = (value: Foreign): Found | undefined =>
  typeof value.toJSON === "function" ? misfit("expected plain fields, got a toJSON method") : undefined;

/** Any JSON: what a field of an open object may hold. */
const any: Check = (value, depth) => {
  if (depth > DEEPEST) return misfit("it is nested too deeply, or in itself");
  const type = typeof value;
  // JSON would quietly make a number that is not finite null, and drop a function.
  const fits =
    type === "number" ? Number.isFinite(value) : type !== "bigint" && type !== "function" && type !== "symbol";
  const wrong = expect(fits, "JSON", value);
  if (wrong || type !== "object" || !value || typeof value.toJSON === "function") return wrong;
  return Array.isArray(value) ? anyList(value, depth) : anyObject(value, depth);
};
const anyList = list(any);
const anyObject = object([FORM_OPEN]);

const NO_DATE_TIME = "expected an ISO 8601 date-time with an offset, such as 2030-08-24T14:15:22Z";

const THREW = "reading it threw";

/** Within a body or options, the names of their fields say enough. */
const written = (name: string, path: (string | number)[]): string => {
  const steps = path.reverse().slice(0, DEEPEST_TOLD).map(step).join("");
  if (!steps) return name;
  return ["body", "options", "call"].includes(name) ? steps.slice(1) : name + steps;
};

const kind = (value: unknown): string => {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a Date";
  if (typeof value === "object") return "an object";
  return typeof value === "number" && !Number.isFinite(value) ? "a number that is not finite" : `a ${typeof value}`;
};

/** A name that a caller made up may be anything, a phone number included. */
const step = (name: string | number): string => {
  if (typeof name === "number") return `[${name}]`;
  const isName = /^[\w$-]{1,40}$/.test(name) && name.replace(/\D/g, "").length < 5;
  return isName ? `.${name}` : ".[name withheld]";
};
