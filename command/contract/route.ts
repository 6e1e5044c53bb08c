// The route of one of their operations, in the words of the client's option `routes`.
import type { Operation, Parameter } from "./description.ts";
import type { OurOperation } from "./ours.ts";
import type { Server } from "./servers.ts";
import { plainName, wordsOf } from "./words.ts";

/** Where an operation is reached. */
export interface Route {
  readonly method: string;
  readonly origin: string | undefined;
  /** From the origin on, its placeholders under our names. */
  readonly path: string;
  /** As much of it as is the server's. */
  readonly serverPath: string;
}

export type TranslatedRoute =
  | { readonly ok: true; readonly route: Route; readonly notes: readonly string[] }
  /** Why the client cannot be told to take it. */
  | { readonly ok: false; readonly because: string };

/** Methods that the client sends. */
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** @param server The one of the operation's servers that is meant. */
export function translate(our: OurOperation, their: Operation, server: Server): TranslatedRoute {
  if (!METHODS.includes(their.method)) return refuse(`the client does not send ${their.method}`);
  if (their.method === "GET" && our.request.kind !== "none") {
    return refuse("a GET cannot carry what this operation sends");
  }
  const notes: string[] = [];
  const whole = `${server.path}${their.path}`;
  if (/.\/$/.test(whole)) notes.push("Their path ends in a slash, which the client leaves out.");
  const wanted = our.parameters.filter((one) => one.in === "path");
  const segments = whole
    .replace(/\/+$/, "")
    .split("/")
    .slice(1)
    .map((segment) => literalKind(segment, wanted, notes));
  const odd = segments.find((segment) => !/^(\{[^{}]+\}|[\w.~-]+)$/.test(segment));
  if (odd !== undefined) return refuse("the path has a part that is neither a plain word nor one placeholder");

  const given = segments.flatMap((segment) => /^\{(.+)\}$/.exec(segment)?.[1] ?? []);
  const names = translateNames(wanted, given, their.parameters);
  if (typeof names === "string") return refuse(names);
  const path = segments.map((segment) => {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    return `/${name === undefined ? segment : `{${names.get(name)}}`}`;
  });
  return {
    ok: true,
    route: { method: their.method, origin: server.origin, path: path.join(""), serverPath: server.path },
    notes,
  };
}

function refuse(because: string): TranslatedRoute {
  return { ok: false, because };
}

/** `/visitor/clientVisitorId/{id}` has one of the values of `{idType}` written out. */
function literalKind(segment: string, wanted: readonly Parameter[], notes: string[]): string {
  const kind = wanted.find(({ values }) => values.includes(segment));
  if (kind === undefined) return segment;
  notes.push(`Their path has ${segment} where the client has {${kind.name}}: other values may not be taken.`);
  return `{${kind.name}}`;
}

/** Their names to ours; a sentence where that cannot be told. */
function translateNames(
  wanted: readonly Parameter[],
  given: readonly string[],
  theirs: readonly Parameter[],
): ReadonlyMap<string, string> | string {
  if (new Set(given).size !== given.length) return "the path has a placeholder twice";
  const names = new Map<string, string>();
  let left = [...given];
  let open = [...wanted];
  const pair = (name: string, ours: Parameter): void => {
    names.set(name, ours.name);
    left = left.filter((one) => one !== name);
    open = open.filter((one) => one !== ours);
  };
  for (const ours of wanted) {
    const same = left.find((name) => plainName(name) === plainName(ours.name));
    if (same !== undefined) pair(same, ours);
  }
  for (const fits of [byValues, byName, byWords]) {
    for (const ours of [...open]) {
      const fitting = left.filter((name) => fits(name, ours, theirs));
      const [only] = fitting;
      // As long as no other of ours would have it too.
      const rivals = open.filter((other) => other !== ours && only !== undefined && fits(only, other, theirs));
      if (fitting.length === 1 && only !== undefined && rivals.length === 0) pair(only, ours);
    }
  }
  const [name] = left;
  const [ours] = open;
  if (left.length === 1 && open.length === 1 && name !== undefined && ours !== undefined) pair(name, ours);
  if (left.length > open.length) return `the path has {${left.join("}, {")}}, which the client cannot fill in`;
  if (open.length > left.length) return `the path has no place for {${open.map((one) => one.name).join("}, {")}}`;
  if (left.length > 0)
    return `nobody can tell which of {${left.join("}, {")}} is which of {${open.map((one) => one.name).join("}, {")}}`;
  return names;
}

type Fits = (name: string, ours: Parameter, theirs: readonly Parameter[]) => boolean;

const byValues: Fits = (name, ours, theirs) => {
  const parameter = theirs.find((one) => one.in === "path" && one.name === name);
  return parameter !== undefined && ours.values.some((value) => parameter.values.includes(value));
};

const NAMES: Readonly<Record<string, RegExp>> = {
  appId: /^(app|account|tenant|company|org|workspace)/i,
  id: /^(listener|sequence)/i,
  idType: /(type|kind)$/i,
  idValue: /(value|^visitor(id)?|^client(visitor)?id|^customer(id)?|^external(id)?)$/i,
  actionId: /^action/i,
};

const byName: Fits = (name, ours) => NAMES[ours.name]?.test(name.replace(/[^\p{L}\p{N}]/gu, "")) ?? false;

const byWords: Fits = (name, ours, theirs) => {
  const parameter = theirs.find((one) => one.in === "path" && one.name === name);
  const said = wordsOf(`${name} ${parameter?.description ?? ""}`);
  const ourWords = wordsOf(ours.description.split(".")[0] ?? "");
  return [...ourWords].filter((word) => said.has(word)).length >= Math.max(1, ourWords.size / 2);
};
