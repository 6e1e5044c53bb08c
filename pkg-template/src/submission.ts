// Reads a lead form into what `submitListener` takes, or checks what is given.
import type { Operation } from "#tables";
import { FORM_INTEGER, FORM_OPEN, FORM_STRING } from "./boundary.ts";
import { check, type Form } from "./check.ts";
import { field } from "./fields.ts";
import { readOptions } from "./forms.ts";
import { invalid, misconfigured } from "./refusal.ts";
import type { Foreign } from "./safely.ts";

const SUBMIT = "submitListener";

/** The submission. What does not fit is thrown as a refusal. */
export const submissionOf = (operations: Operation[], input: unknown, options: unknown): unknown => {
  if (options !== undefined && options !== null) {
    const misfit = check(options, readOptions, "options");
    if (misfit) throw misconfigured(undefined, misfit.field, misfit.problem);
  }
  const form = operations.find(({ name }) => name === SUBMIT)?.body as Form[];
  const submission = filled(input, form, field(options, "extendedAttributes"));
  const misfit = check(submission, form, "body");
  if (misfit) throw invalid(SUBMIT, misfit.field, misfit.problem);
  return submission;
};

/**
 * What a form's entries say, as an object of the given form: each name in the part that knows it.
 * Empty ones, and names that nobody knows, are left out. A name that is given twice becomes a list,
 * which only an open object takes. What is not a form is handed back, for the check to refuse.
 *
 * `extended` are further names, for the first open object in a part.
 */
const filled = (input: Foreign, form: Form[], extended: string[] | undefined): unknown => {
  try {
    if (typeof input !== "object" || !input || Array.isArray(input) || !input[Symbol.iterator]) return input;
    const filled: Foreign = {};
    for (const [name, value] of input) {
      if (typeof value === "string" && !value.trim()) continue;
      for (let at = 1; at < form.length; at += 3) {
        const part = form[at + 2] as Form[];
        const path = pathIn(part, name, form, extended);
        const last = path.pop();
        if (!last) continue;
        const into = [form[at] as string, ...path].reduce((parent, step) => (parent[step] ??= {}), filled);
        const isInteger = part[part.indexOf(last) + 2] === FORM_INTEGER && part.includes(last);
        const given = isInteger && /^-?\d+$/.test(value) ? Number(value) : value;
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
