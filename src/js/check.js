// Walks a caller's value along its form. The forms come from Rust, which knows what the API
// takes; the walking is done here, since touching an object field by field from WebAssembly
// costs several times the bytes and the time.
//
// What passes is what `JSON.stringify` will write: own enumerable fields, `undefined` dropped.
// Whatever the value does when it is touched, the result is an answer, never an exception.

// A form is a number, or an array that begins with one (see `Form` in check.rs).
const STRING = 0, BOOLEAN = 1, INTEGER = 2, DATE_TIME = 3, NUMBER = 4, TEXT = 5, FUNCTION = 6,
  SIGNAL = 7, LIST = 8, OBJECT = 9, OPEN = 10;

// A cycle has no depth, so it ends here too.
const DEEPEST = 100;
const DEEPEST_TOLD = 12;

/** @typedef {number | any[]} Form */

/**
 * The forms that Rust has told of, by the key it knows them by.
 * @type {Map<number, Form>}
 */
const forms = new Map();
/** @param {number} key */
export const knows = (key) => forms.has(key);
/** @param {number} key @param {string} table a form as JSON */
export const learn = (key, table) => {
  forms.set(key, JSON.parse(table));
};

/**
 * undefined where the value fits, else the path of the field and what is wrong with it. The
 * value itself is never quoted. A date-time's text comes third, for Rust to read: a form holds
 * one at the most.
 * @param {unknown} value
 * @param {number} key
 * @param {string} root what the value is called; within a body or options, their names say enough
 * @returns {string[] | undefined}
 */
export const check = (value, key, root) => {
  /** @type {(string | number)[]} */
  const path = [];
  /** @type {string[] | undefined} */
  let moment;
  let problem = "reading it threw";
  /** @param {string} text */
  const refuse = (text) => {
    problem = text;
    throw 0;
  };
  /** @param {unknown} fits @param {string} what @param {unknown} value */
  const expect = (fits, what, value) => fits || refuse(`expected ${what}, got ${kind(value)}`);

  /** @param {any} value @param {any} form */
  const walk = (value, form) => {
    const code = typeof form === "number" ? form : form[0];
    if (code === STRING) expect(typeof value === "string", "a string", value);
    else if (code === BOOLEAN) expect(typeof value === "boolean", "true or false", value);
    else if (code === INTEGER) expect(Number.isSafeInteger(value), "a whole number", value);
    else if (code === NUMBER) expect(Number.isFinite(value), "a number", value);
    else if (code === FUNCTION) expect(typeof value === "function", "a function", value);
    else if (code === DATE_TIME) {
      // A Date is what it writes: an application may have changed that.
      const text = value instanceof Date ? value.toJSON() ?? refuse("the Date is invalid") : value;
      if (expect(typeof text === "string", "a date-time string or a Date", value)) {
        moment = [place(), NO_DATE_TIME, text];
      }
    } else if (code === TEXT) {
      expect(typeof value === "string", "a string", value);
      // A lone surrogate has no UTF-8: replacing it would name somebody else.
      problem = "it holds half of a surrogate pair";
      encodeURIComponent(value);
      problem = "reading it threw";
    } else if (code === SIGNAL) {
      expect(typeof value?.addEventListener === "function", "an AbortSignal", value);
    } else if (code === LIST) {
      expect(Array.isArray(value), "an array", value);
      plain(value);
      each(value, (item) => walk(item, form[1]));
    } else {
      expect(typeof value === "object" && value && !Array.isArray(value), "an object", value);
      plain(value);
      for (const name of names(value)) {
        path.push(name);
        // Names are the form's only strings: a name, whether it is required, its own form.
        const at = form.indexOf(name);
        if (at < 0 && code === OBJECT) refuse(unknown(name, form));
        const item = value[name];
        // Most fields are strings that fit, which takes no call.
        const fits = form[at + 2] === STRING && typeof item === "string";
        if (at < 0) any(item, 0);
        else if (!fits && item !== undefined && (item !== null || form[at + 1])) walk(item, form[at + 2]);
        path.pop();
      }
      for (let at = 1; at < form.length; at += 3) {
        if (form[at + 1] && (!Object.hasOwn(value, form[at]) || value[form[at]] === undefined)) {
          path.push(form[at]);
          refuse("it is required");
        }
      }
    }
  };

  /**
   * Any JSON: what a field of an open object may hold.
   * @param {any} value
   * @param {number} depth
   */
  const any = (value, depth) => {
    if (depth > DEEPEST) refuse("it is nested too deeply, or in itself");
    const type = typeof value;
    // JSON would quietly make a number that is not finite null, and drop a function.
    const fits = type === "number" ? Number.isFinite(value)
      : type !== "bigint" && type !== "function" && type !== "symbol";
    expect(fits, "JSON", value);
    if (type !== "object" || !value || typeof value.toJSON === "function") return;
    if (Array.isArray(value)) return each(value, (item) => any(item, depth + 1));
    for (const name of names(value)) {
      path.push(name);
      any(value[name], depth + 1);
      path.pop();
    }
  };

  /** @param {any[]} list @param {(item: unknown) => void} visit */
  const each = (list, visit) => {
    for (let index = 0; index < list.length; index++) {
      path.push(index);
      visit(list[index]);
      path.pop();
    }
  };

  /**
   * `JSON.stringify` would write what `toJSON` answers, which nobody has checked.
   * @param {any} value
   */
  const plain = (value) => {
    if (typeof value.toJSON === "function") refuse("expected plain fields, got a toJSON method");
  };

  /**
   * A Map, a Promise or a File has no fields that JSON would write: better refused than sent
   * as `{}`.
   * @param {object} value
   */
  const names = (value) => {
    const names = Object.keys(value);
    const made = names.length ? undefined : value.constructor;
    if (typeof made === "function" && made.name !== "Object") {
      refuse("expected plain fields, got an object of another class");
    }
    return names;
  };

  const place = () => {
    const inner = written(path);
    return !inner ? root : root === "body" || root === "options" || root === "call" ? inner : `${root}.${inner}`;
  };

  try {
    walk(value, forms.get(key));
    return moment;
  } catch {
    return [place(), problem];
  }
};

/**
 * The values of the fields that a form names, in its order.
 * @param {any} value
 * @param {number} key
 */
export const fields = (value, key) => {
  const names = /** @type {any[]} */ (forms.get(key)).filter((name) => typeof name === "string");
  return names.map((name) => {
    try {
      return value[name];
    } catch {
      return undefined;
    }
  });
};

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
      const form = /** @type {any[]} */ (forms.get(key));
      for (let at = 1; at < form.length; at += 3) {
        const part = form[at + 2];
        const known = part[part.indexOf(name) + 2];
        const open = part.findIndex((/** @type {any} */ inner) => inner[0] === OPEN);
        // A text fits nothing else.
        const path = [STRING, INTEGER].includes(known) && part.includes(name) ? [name]
          : open > 0 && extended?.includes(name) && !form.some((other) => other[0] && other.includes(name))
            ? [part[open - 2], name] : [];
        const last = path.pop();
        if (!last) continue;
        const into = [form[at], ...path].reduce((parent, step) => (parent[step] ??= {}), filled);
        const given = known === INTEGER && /^-?\d+$/.test(value) ? Number(value) : value;
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

const NO_DATE_TIME =
  "expected an ISO 8601 date-time with an offset, such as 2030-08-24T14:15:22Z";

/** @param {(string | number)[]} path */
const written = (path) => path.slice(0, DEEPEST_TOLD).map(step).join("").slice(1);

/** @param {unknown} value */
const kind = (value) =>
  value === null || value === undefined ? String(value)
    : Array.isArray(value) ? "an array"
      : value instanceof Date ? "a Date"
        : typeof value === "object" ? "an object"
          : typeof value === "number" && !Number.isFinite(value) ? "a number that is not finite"
            : `a ${typeof value}`;

/**
 * A name that a caller made up may be anything, a phone number included.
 * @param {string | number} name
 */
const step = (name) =>
  typeof name === "number" ? `[${name}]`
    : /^[\w$-]{1,40}$/.test(name) && name.replace(/\D/g, "").length < 5 ? `.${name}`
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
