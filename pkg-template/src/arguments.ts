// Reads what a method is given, the same way whether the wasm has started or not. It reads all of it
// at once, so that a later change to the caller's objects changes nothing.
import { type Operation, visitorIds } from "#tables";
import { type Body, uploadOf } from "./body.ts";
import { FORM_TEXT } from "./check.ts";
import { field, number, text } from "./fields.ts";
import { callOptions, submitOptions, uploadOptions, visitorRef } from "./forms.ts";
import { demand, invalid, misconfigured } from "./refusal.ts";
import { textOf } from "./safely.ts";

export interface Arguments {
  /** For the path. The kind of a visitor's id comes before it. */
  values: string[];
  body: Body | undefined;
  signal: AbortSignal | undefined;
  timeoutMs: number;
  retries: number;
  submissionKey: string | undefined;
}

/** The arguments of an operation's method. Throws a refusal of arguments that do not fit. */
export const argumentsOf = (operation: Operation, given: unknown[]): Arguments => {
  const { name, args } = operation;
  const values = args.flatMap((arg, at) => (arg === "who" ? visitor(name, given[at]) : [value(name, arg, given[at])]));
  const rest = given.slice(args.length);
  const body = operation.body === 0 ? undefined : rest.shift();
  const options = rest[0] ?? {};

  const isUpload = operation.body === 1;
  const form = isUpload ? uploadOptions : operation.takesSubmissionKey ? submitOptions : callOptions;
  demand(options, form, isUpload ? "options" : "call", misconfigured, name);

  return {
    values,
    body: bodyOf(operation, body, options),
    signal: field(options, "signal"),
    timeoutMs: number(options, "timeoutMs"),
    retries: number(options, "retries"),
    submissionKey: operation.takesSubmissionKey ? text(options, "submissionKey") : undefined,
  };
};

const value = (operation: string, arg: string, given: unknown): string => {
  demand(given, FORM_TEXT, arg, invalid, operation);
  return given as string;
};

/** The kind of a visitor's id, and the id. */
const visitor = (operation: string, who: unknown): string[] => {
  demand(who, visitorRef, "who", invalid, operation);
  const ids = visitorIds.flatMap((kind) => {
    const id = text(who, kind);
    return id === undefined ? [] : [kind, id];
  });
  if (ids.length !== 2) throw invalid(operation, "who", `expected one of ${visitorIds.join(" and ")}`);
  return ids;
};

const bodyOf = ({ name, body: form }: Operation, body: unknown, options: unknown): Body | undefined => {
  if (form === 0) return undefined;
  if (form === 1) {
    const upload = uploadOf(body, text(options, "contentType"), text(options, "fileName"));
    if (!upload) throw invalid(name, "file", "expected a Blob, File, ArrayBuffer or typed array");
    return upload;
  }
  demand(body, form, "body", invalid, name);
  // It can still fail: an object may answer differently the second time.
  const json = textOf(() => JSON.stringify(body));
  if (json === undefined) throw invalid(name, "body", "JSON.stringify refused it");
  return json;
};
