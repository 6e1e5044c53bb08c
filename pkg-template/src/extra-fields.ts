// Widens what operations take by the fields that a client is told of: those that the API has and we do not know.
import { type Operation, operations } from "#tables";
import { FORM_LIST, FORM_OBJECT } from "./boundary.ts";
import { FORM_ANY, type Form } from "./check.ts";
import { misconfigured } from "./refusal.ts";
import { type Foreign, textOf } from "./safely.ts";

// Checks are compiled once for each form, so that the same option must lead to the same forms.
const known = new Map<string, Operation[]>();

/** The operations, for a client with this option. A path that leads nowhere is thrown as a refusal. */
export const operationsWith = (extraFields: Foreign): Operation[] => {
  const key = textOf(() => JSON.stringify(extraFields));
  if (key === undefined) return operations;
  let widened = known.get(key);
  if (!widened) {
    const paths: Foreign = JSON.parse(key);
    widened = operations.map((operation) => {
      const { name } = operation;
      let { body } = operation;
      for (const path of paths[name] || []) {
        const form = Array.isArray(body) ? wider(body, path.split(".")) : undefined;
        if (!form) throw misconfigured(undefined, `extraFields.${name}`, WRONG);
        body = form;
      }
      return { ...operation, body };
    });
    known.set(key, widened);
  }
  return widened;
};

/** The form of an object with a field more; nothing where the steps to it lead through none. */
const wider = (form: Form[], [step = "", ...rest]: string[]): Form[] | undefined => {
  const [, name, isList] = /^(\w+)(\[\])?$/.exec(step) || [];
  if (!name) return undefined;
  const at = form.indexOf(name);
  if (!rest.length) return isList ? undefined : at > 0 ? form : [...form, name, 0, FORM_ANY];
  let inner = form[at + 2];
  if (isList) inner = Array.isArray(inner) && inner[0] === FORM_LIST ? inner[1] : undefined;
  if (at < 1 || !Array.isArray(inner) || inner[0] === FORM_LIST) return undefined;
  // An open object takes any field as it is.
  const widened = inner[0] === FORM_OBJECT ? wider(inner, rest) : inner;
  return widened && form.map((old, index) => (index === at + 2 ? (isList ? [FORM_LIST, widened] : widened) : old));
};

const WRONG = 'expected paths through what the operation takes, such as "visitor.nickname" and "items[].note"';
