// Reads a lead form into what `submitListener` takes, or checks what is given.
import type { Operation } from "#tables";
import { FORM_INTEGER, FORM_OPEN, FORM_STRING } from "./boundary.ts";
import type { Form } from "./check.ts";
import { field } from "./fields.ts";
import { readOptions } from "./forms.ts";
import { demand, invalid, misconfigured } from "./refusal.ts";
import type { Foreign } from "./safely.ts";

/** The submission, and the names that it leaves out. Throws a refusal of values that do not fit. */
export const submissionOf = (method: string, operations: Operation[], input: unknown, options: unknown): unknown => {
  if (options !== undefined && options !== null) demand(options, readOptions, "options", misconfigured, method);
  const form = (operations.find(({ name }) => name === "submitListener") as Operation).body as Form[];
  const skipped = new Set<string>();
  const submission = filled(input, form, field(options, "extendedAttributes"), skipped);
  demand(submission, form, "body", invalid, method);
  // Not enumerable: it is not part of what is sent. A submission that was given may be frozen.
  return submission === input
    ? submission
    : Object.defineProperty(submission as object, "skipped", { value: [...skipped] });
};

/** A form's names and values: of what has entries, or of a plain object that is not a submission. */
const entriesOf = (input: Foreign, form: Form[]): Iterable<Foreign> | undefined => {
  if (typeof input !== "object" || !input) return undefined;
  if (input[Symbol.iterator]) return input;
  const names = Object.keys(input);
  const isForm = names.length > 0 && names.every((name) => !form.includes(name) && isValue(input[name]));
  return !isForm ? undefined : names.flatMap((name) => [input[name]].flat().map((value) => [name, value]));
};

/** The value of a form's field: a text or a file, or a list of them. */
const isValue = (value: Foreign): boolean =>
  typeof value !== "object" || !value || Array.isArray(value) || typeof value.arrayBuffer === "function";

/**
 * A form's entries as an object of the given form: each name in the part that knows it.
 * Empty ones, and names that nobody knows, are left out. A name that is given twice becomes a list,
 * which only an open object takes. A value that is not a form is handed back, for the check to refuse.
 *
 * `extended` are further names, for the first open object in a part.
 */
const filled = (input: Foreign, form: Form[], extended: string[] | undefined, skipped: Set<string>): unknown => {
  try {
    const entries = entriesOf(input, form);
    if (!entries) return input;
    const filled: Foreign = {};
    for (const [name, value] of entries) {
      if (value === undefined || value === null || (typeof value === "string" && !value.trim())) continue;
      let isKnown = false;
      for (let at = 1; at < form.length; at += 3) {
        const part = form[at + 2] as Form[];
        const path = pathIn(part, name, form, extended);
        const last = path.pop();
        if (!last) continue;
        isKnown = true;
        const into = [form[at] as string, ...path].reduce((parent, step) => (parent[step] ||= {}), filled);
        const isInteger = part[part.indexOf(last) + 2] === FORM_INTEGER && part.includes(last);
        const given = isInteger && /^-?\d+$/.test(value) ? Number(value) : value;
        if (!has.call(into, last)) into[last] = given;
        // In place: a copy for each entry would let a long form take minutes.
        else if (Array.isArray(into[last])) into[last].push(given);
        else into[last] = [into[last], given];
      }
      if (!isKnown) skipped.add(String(name));
    }
    return filled;
  } catch {
    return input;
  }
};

const { hasOwnProperty: has } = Object.prototype;

/** Where a name goes in a part of the form: nowhere, to a field, or to a field of its open object. */
const pathIn = (part: Form[], name: string, form: Form[], extended: string[] | undefined): string[] => {
  // A text fits nothing else.
  if (part.includes(name) && [FORM_STRING, FORM_INTEGER].includes(part[part.indexOf(name) + 2] as number)) {
    return [name];
  }
  const open = part.findIndex((inner) => Array.isArray(inner) && inner[0] === FORM_OPEN);
  const isKnown = form.some((other) => Array.isArray(other) && other.includes(name));
  return open > 0 && extended?.includes(name) && !isKnown ? [part[open - 2] as string, name] : [];
};
