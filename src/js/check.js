// Walks a caller's value along its form. The forms come from Rust, which knows what the API
// takes; the walking is done here, since touching an object field by field from WebAssembly
// costs several times the bytes and the time.
//
// What passes is what `JSON.stringify` will write: own enumerable fields, `undefined` dropped.
// Whatever the value does when it is touched, the result is an answer, never an exception.

// A form is a number, or an array that begins with one (see `Form` in check.rs): the place of its
// check in `simple`, or one of the last three.
const STRING = 0,
  INTEGER = 2,
  LIST = 8,
  OBJECT = 9,
  OPEN = 10;

// A cycle has no depth, so it ends here too.
const DEEPEST = 100;
// The depth of what is in no open object.
const OUTSIDE = -1;
const DEEPEST_TOLD = 12;

/** @typedef {number | any[]} Form */

/**
 * What does not fit, and where: the innermost step comes first. A date-time's text comes with it,
 * for Rust to read.
 * @typedef {{ path: (string | number)[], problem: string, text: string }} Misfit
 */

/**
 * Finds undefined where the value fits. It is told how deep in an open object the value is, and
 * whether Rust has read the date-time in it: a form names one at the most.
 * @typedef {(value: any, depth: number, isDateRead: boolean) => Misfit | undefined} Check
 */

/**
 * @typedef {object} Known
 * @property {any} form
 * @property {string[]} names of its fields
 * @property {Check} check
 */

/**
 * The forms that Rust has told of, by the key it knows them by.
 * @type {Map<number, Known>}
 */
const forms = new Map();
/** @param {number} key */
export const knows = (key) => forms.has(key);
/** @param {number} key @param {string} table a form as JSON */
export const learn = (key, table) => {
  const form = JSON.parse(table);
  const names = [form].flat().filter((/** @type {unknown} */ part) => typeof part === "string");
  forms.set(key, { form, names, check: checkOf(form) });
};
/** @param {number} key */
const formOf = (key) => /** @type {Known} */ (forms.get(key));

/**
 * undefined where the value fits, null where Rust has not told of the form. Else the path of the
 * field, what is wrong with it, and a date-time's text. No other value is ever quoted.
 * @param {unknown} value
 * @param {number} key
 * @param {boolean} isDateRead
 */
export const check = (value, key, isDateRead) => {
  if (!knows(key)) return null;
  let found;
  try {
    found = formOf(key).check(value, OUTSIDE, isDateRead);
  } catch {
    found = misfit(THREW);
  }
  return found && [written(found.path), found.problem, found.text];
};

/** @param {string} problem @returns {Misfit} */
const misfit = (problem, text = "") => ({ path: [], problem, text });

/** @param {unknown} fits @param {string} what @param {unknown} value */
const expect = (fits, what, value) => (fits ? undefined : misfit(`expected ${what}, got ${kind(value)}`));

/** @param {string | number | undefined} step @param {Misfit} found */
const within = (step, found) => {
  if (step !== undefined) found.path.push(step);
  return found;
};

/**
 * By their codes: a string, a boolean, an integer, a date-time, a number, a text, a function, a
 * signal.
 * @type {Check[]}
 */
const simple = [
  (value) => expect(typeof value === "string", "a string", value),
  (value) => expect(typeof value === "boolean", "true or false", value),
  (value) => expect(Number.isSafeInteger(value), "a whole number", value),
  (value, _, isDateRead) => {
    // A Date is what it writes: an application may have changed that.
    const isDate = value instanceof Date;
    const text = isDate ? value.toJSON() : value;
    const isText = typeof text === "string";
    if (isDate && !isText) return misfit("the Date is invalid");
    return (
      expect(isText, "a date-time string or a Date", value) ?? (isDateRead ? undefined : misfit(NO_DATE_TIME, text))
    );
  },
  (value) => expect(Number.isFinite(value), "a number", value),
  (value) => {
    const wrong = simple[STRING](value, OUTSIDE, true);
    if (wrong) return wrong;
    try {
      encodeURIComponent(value);
    } catch {
      // It has no UTF-8: replacing the half would name somebody else.
      return misfit("it holds half of a surrogate pair");
    }
  },
  (value) => expect(typeof value === "function", "a function", value),
  (value) => expect(typeof value?.addEventListener === "function", "an AbortSignal", value),
];

/** @param {Form} form @returns {Check} */
const checkOf = (form) =>
  typeof form === "number" ? simple[form] : form[0] === LIST ? list(checkOf(form[1])) : object(form);

/** @param {Check} check @returns {Check} */
const list = (check) => (value, depth, isDateRead) => {
  let at;
  try {
    const wrong = expect(Array.isArray(value), "an array", value) ?? plain(value);
    if (wrong) return wrong;
    for (at = 0; at < value.length; at++) {
      const wrong = check(value[at], depth + 1, isDateRead);
      if (wrong) return within(at, wrong);
    }
  } catch {
    return within(at, misfit(THREW));
  }
};

/** @param {any[]} form @returns {Check} */
const object = (form) => {
  /** @type {Map<string, { isRequired: boolean, check: Check }>} */
  const fields = new Map();
  const required = new Set();
  for (let at = 1; at < form.length; at += 3) {
    fields.set(form[at], { isRequired: !!form[at + 1], check: checkOf(form[at + 2]) });
    if (form[at + 1]) required.add(form[at]);
  }
  return (value, depth, isDateRead) => {
    let name;
    try {
      const wrong =
        expect(typeof value === "object" && value && !Array.isArray(value), "an object", value) ?? plain(value);
      if (wrong) return wrong;
      const names = Object.keys(value);
      // A Map, a Promise or a File has no fields that JSON would write: better refused than sent
      // as `{}`.
      const made = names.length ? undefined : value.constructor;
      if (typeof made === "function" && made.name !== "Object") {
        return misfit("expected plain fields, got an object of another class");
      }
      let missing = required.size;
      for (let at = 0; at < names.length; at++) {
        name = names[at];
        const field = fields.get(name);
        if (!field && form[0] === OBJECT) return within(name, misfit(unknown(name, form)));
        const item = value[name];
        if (item === undefined || (item === null && !field?.isRequired)) continue;
        const wrong = field ? field.check(item, OUTSIDE, isDateRead) : any(item, depth + 1, true);
        if (wrong) return within(name, wrong);
        if (field?.isRequired) missing--;
      }
      if (!missing) return;
      for (name of required) {
        if (!names.includes(name) || value[name] === undefined) return within(name, misfit("it is required"));
      }
    } catch {
      return within(name, misfit(THREW));
    }
  };
};

/**
 * `JSON.stringify` would write what `toJSON` answers, which nobody has checked.
 * @param {any} value
 */
const plain = (value) =>
  typeof value.toJSON === "function" ? misfit("expected plain fields, got a toJSON method") : undefined;

/**
 * Any JSON: what a field of an open object may hold.
 * @type {Check}
 */
const any = (value, depth) => {
  if (depth > DEEPEST) return misfit("it is nested too deeply, or in itself");
  const type = typeof value;
  // JSON would quietly make a number that is not finite null, and drop a function.
  const fits =
    type === "number" ? Number.isFinite(value) : type !== "bigint" && type !== "function" && type !== "symbol";
  const wrong = expect(fits, "JSON", value);
  if (wrong || type !== "object" || !value || typeof value.toJSON === "function") return wrong;
  return Array.isArray(value) ? anyList(value, depth, true) : anyObject(value, depth, true);
};
const anyList = list(any);
const anyObject = object([OPEN]);

/**
 * The values of the fields that a form names, in its order. What is null or false is as if it were
 * not there.
 * @param {any} value
 * @param {number} key
 */
export const fields = (value, key) =>
  formOf(key).names.map((name) => {
    try {
      const item = value[name];
      return item === null || item === false ? undefined : item;
    } catch {
      return undefined;
    }
  });
/** @param {unknown[]} list @param {number} index */
export const item = (list, index) => list[index];

/**
 * What a form's entries say, as an object of the given form: each name in the part that knows it.
 * Empty ones, and names that nobody knows, are left out. A name that is given twice becomes a list,
 * which only an open object takes. What is no form is handed back, for the check to refuse.
 * @param {any} input
 * @param {number} key
 * @param {string[] | undefined | null} extended further names, for the first open object in a part
 */
export const fill = (input, key, extended) => {
  try {
    if (typeof input !== "object" || !input || Array.isArray(input) || !input[Symbol.iterator]) return input;
    /** @type {any} */
    const filled = {};
    for (const [name, value] of input) {
      if (typeof value === "string" && !value.trim()) continue;
      const { form } = formOf(key);
      for (let at = 1; at < form.length; at += 3) {
        const part = form[at + 2];
        const its = part[part.indexOf(name) + 2];
        const open = part.findIndex((/** @type {any} */ inner) => inner[0] === OPEN);
        // A text fits nothing else.
        const path =
          [STRING, INTEGER].includes(its) && part.includes(name)
            ? [name]
            : open > 0 &&
                extended?.includes(name) &&
                !form.some((/** @type {any} */ other) => other[0] && other.includes(name))
              ? [part[open - 2], name]
              : [];
        const last = path.pop();
        if (!last) continue;
        const into = [form[at], ...path].reduce((parent, step) => (parent[step] ??= {}), filled);
        const given = its === INTEGER && /^-?\d+$/.test(value) ? Number(value) : value;
        if (!Object.hasOwn(into, last)) into[last] = given;
        // In place: a copy for each entry would let a long form take minutes.
        else if (Array.isArray(into[last])) into[last].push(given);
        else into[last] = [into[last], given];
      }
    }
    return filled;
  } catch {
    return input;
  }
};

const NO_DATE_TIME = "expected an ISO 8601 date-time with an offset, such as 2030-08-24T14:15:22Z";

const THREW = "reading it threw";

/** @param {(string | number)[]} path the innermost step first */
const written = (path) => path.reverse().slice(0, DEEPEST_TOLD).map(step).join("").slice(1);

/** @param {unknown} value */
const kind = (value) =>
  value === null || value === undefined
    ? String(value)
    : Array.isArray(value)
      ? "an array"
      : value instanceof Date
        ? "a Date"
        : typeof value === "object"
          ? "an object"
          : typeof value === "number" && !Number.isFinite(value)
            ? "a number that is not finite"
            : `a ${typeof value}`;

/**
 * A name that a caller made up may be anything, a phone number included.
 * @param {string | number} name
 */
const step = (name) =>
  typeof name === "number"
    ? `[${name}]`
    : /^[\w$-]{1,40}$/.test(name) && name.replace(/\D/g, "").length < 5
      ? `.${name}`
      : ".[name withheld]";

/** @param {string} name @param {any[]} form */
const unknown = (name, form) => {
  let meant = "";
  let least = Infinity;
  for (let at = 1; at < form.length; at += 3) {
    const known = form[at];
    const far = distance(name.slice(0, 40).toLowerCase(), known.toLowerCase());
    // A third of its letters may differ: more is another word.
    if (far < least && far * 3 <= Math.max(known.length, 3)) {
      least = far;
      meant = `. Did you mean ${known}?`;
    }
  }
  return `unknown name${meant}`;
};

/**
 * How many letters to add, drop or change between two words.
 * @param {string} a
 * @param {string} b
 */
const distance = (a, b) => {
  let row = [...b].map((_, at) => at + 1);
  [...a].forEach((letter, i) => {
    let left = i + 1;
    let corner = i;
    row = row.map((above, j) => {
      left = Math.min(above + 1, left + 1, corner + Number(letter !== b[j]));
      corner = above;
      return left;
    });
  });
  return row.at(-1) ?? a.length;
};
