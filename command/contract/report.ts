// Everything that there is to say about a description, as data.
import type { OperationName } from "botsplash";
import { type Base, baseOf, chooseServer, reachable } from "./base.ts";
import { describe, type Operation } from "./description.ts";
import { type Difference, differencesOf, type ExtraField, extraFieldsOf } from "./differences.ts";
import type { Json } from "./json.ts";
import { type Candidate, type Match, match } from "./match.ts";
import { OUR_SERVER, type OurOperation, ourOperations } from "./ours.ts";
import { parseDescription } from "./parse.ts";
import { reasonsOf } from "./reasons.ts";
import { type Route, translate } from "./route.ts";
import { type SecurityScheme, securityOf } from "./security.ts";
import { withoutVariants } from "./variants.ts";

/** One of our operations, and which of theirs it is. */
export interface OperationReport {
  readonly name: OperationName;
  /** Ours, such as `POST /{appId}/message`. */
  readonly ours: string;
  /** Ours is an assumption. */
  readonly assumed: boolean;
  readonly verdict: /** The route is ours. */
    | "same"
    | "different"
    /** It is there, but the client's `routes` cannot express its route. */
    | "inexpressible"
    /** Several of theirs fit, or one that fits another of ours too. */
    | "ambiguous"
    | "missing";
  /** Their route in the words of the client's option `routes`, where it could be told. */
  readonly theirs?: string;
  /** `certain` or `likely`, where one was found. */
  readonly confidence?: "certain" | "likely";
  /** Why it is this one, or why nobody can tell. */
  readonly reasons: readonly string[];
  /** The routes of theirs that fit, as their description has them. */
  readonly candidates: readonly string[];
  readonly differences: readonly Difference[];
  readonly extraFields: readonly ExtraField[];
}

/** The outcome of comparing a description with ours. */
export interface Report {
  readonly title: string;
  /** Of OpenAPI. */
  readonly version: string;
  /** Nothing differs. */
  readonly same: boolean;
  readonly operations: readonly OperationReport[];
  /** For the client's option `routes`: each route that was found. */
  readonly routes: { readonly [operation in OperationName]?: string };
  /** For the client's option `baseUrl`, where it needs one. */
  readonly baseUrl?: string;
  /** For the client's option `extraFields`. */
  readonly extraFields: { readonly [operation in OperationName]?: readonly string[] };
  readonly servers: readonly string[];
  /** The description names no host. */
  readonly serverAssumed: boolean;
  readonly security: readonly SecurityScheme[];
  /** Credentials that the client can send and the description does not have. */
  readonly securityMissing: readonly string[];
  /** Operations that the client does not have. */
  readonly unknownOperations: readonly { readonly route: string; readonly id?: string; readonly summary: string }[];
  /** Further things that somebody should look at. */
  readonly notes: readonly string[];
}

/**
 * @param address Where the text came from, if that was an address.
 * @throws {Unreadable} If the text holds no description that can be read.
 */
export async function reportOn(text: string, address?: string): Promise<Report> {
  return compare(await parseDescription(text), address);
}

function compare(document: Json, address: string | undefined): Report {
  const description = describe(document, address);
  const matches = match(ourOperations, withoutVariants(description.operations));
  const translated = new Map<OurOperation, Route>();
  const notes: string[] = description.dangling.map((one) => `The reference ${one} leads nowhere in this document.`);
  const because = new Map<OurOperation, string>();
  for (const [our, found] of matches.of) {
    if (found.found !== "one") continue;
    const { operation } = found.candidate;
    const translation = translate(our, operation, chooseServer(operation.servers));
    if (translation.ok) translated.set(our, translation.route);
    else because.set(our, translation.because);
    if (translation.ok) notes.push(...translation.notes.map((note) => `${our.id}: ${note}`));
  }
  const reached = reachable([...translated.values()]);
  if (reached.length < translated.size) {
    notes.push("The operations are on several hosts: one client reaches only one of them.");
  }
  const base = reached.length > 0 ? baseOf(reached) : undefined;
  const operations = ourOperations.map((our) =>
    operationReport(our, matches.of.get(our) ?? { found: "none" }, {
      route: reached.find((route) => route === translated.get(our)),
      base,
      because: because.get(our),
    }),
  );
  const { schemes, missing } = securityOf(description);
  const unknownOperations = matches.others.map((one) => ({
    route: routeOf(one),
    ...(one.id !== undefined && { id: one.id }),
    summary: one.summary,
  }));
  const partial = {
    title: description.title,
    version: description.version,
    operations,
    routes: Object.fromEntries(
      operations.flatMap(({ name, theirs }) => (theirs === undefined ? [] : [[name, theirs]])),
    ),
    ...(base?.baseUrl !== undefined && { baseUrl: base.baseUrl }),
    extraFields: Object.fromEntries(
      operations.flatMap(({ name, extraFields }) =>
        extraFields.length === 0 ? [] : [[name, extraFields.map(({ path }) => path)]],
      ),
    ),
    servers: description.servers.map(({ origin = "", path }) => `${origin}${path}` || "/"),
    serverAssumed: base?.assumed ?? false,
    security: schemes,
    securityMissing: missing,
    unknownOperations,
    notes,
  };
  return { ...partial, same: isSame(partial) };
}

function isSame(report: Omit<Report, "same">): boolean {
  return (
    report.operations.every(({ verdict, differences }) => verdict === "same" && differences.length === 0) &&
    report.baseUrl === undefined &&
    report.security.every(({ known }) => known) &&
    report.securityMissing.length === 0 &&
    report.unknownOperations.length === 0 &&
    report.notes.length === 0
  );
}

interface Found {
  readonly route: Route | undefined;
  readonly base: Base | undefined;
  readonly because: string | undefined;
}

function operationReport(our: OurOperation, found: Match, { route, base, because }: Found): OperationReport {
  const common = {
    name: our.id,
    ours: routeOf(our),
    assumed: our.assumed,
    differences: [],
    extraFields: [],
  };
  const fits = (candidates: readonly Candidate[]): string[] => candidates.map(({ operation }) => routeOf(operation));
  switch (found.found) {
    case "none":
      return { ...common, verdict: "missing", reasons: ["None of theirs looks like it."], candidates: [] };
    case "several":
      return {
        ...common,
        verdict: "ambiguous",
        reasons: ["Several of theirs fit about equally well."],
        candidates: fits(found.candidates),
      };
    case "shared": {
      const others = found.with.map(({ id }) => id).join(" and ");
      const reasons = [`The one that fits may as well be ${others}.`];
      return { ...common, verdict: "ambiguous", reasons, candidates: fits([found.candidate]) };
    }
    case "one": {
      const { candidate, sure, passedOver } = found;
      const { operation } = candidate;
      const reasons = [
        ...reasonsOf(our, candidate),
        ...fits(passedOver).map((one) => `${one} fits too, but is deprecated`),
      ];
      const theirs = route && base && `${route.method} ${route.path.slice(base.prefix.length)}`;
      const whole = {
        ...common,
        confidence: sure ? ("certain" as const) : ("likely" as const),
        candidates: fits([candidate]),
        differences: differencesOf(our, operation),
        extraFields: extraFieldsOf(our, operation),
      };
      if (theirs === undefined) {
        const why = because ?? "its host is not that of the others";
        return { ...whole, verdict: "inexpressible", reasons: [...reasons, `The client cannot take it: ${why}`] };
      }
      const same = theirs === routeOf(our) && base?.baseUrl === undefined;
      return { ...whole, verdict: same ? "same" : "different", theirs, reasons };
    }
  }
}

function routeOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

/** The base URL that a client has unless it is told otherwise. */
export const OUR_BASE_URL = `${OUR_SERVER.origin}${OUR_SERVER.path}`;
