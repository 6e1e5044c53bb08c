// The operations of a description, each as it is reached, whatever path, path item or server says so.
import { isObject, type Json, listOf, objectOf, own, stringOf, stringsOf } from "./json.ts";
import { type References, referencesOf } from "./references.ts";
import { type Server, serversOf } from "./servers.ts";
import { type Shape, shapeOf } from "./shape.ts";

/** A parameter of a path, a query or a header. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: string;
  /** The values that are allowed; empty for all. */
  readonly values: readonly string[];
}

/** The body of an operation's request or response. */
export type Body =
  | { readonly kind: "none" }
  | { readonly kind: "json"; readonly mediaType: string; readonly required: boolean; readonly shape: Shape }
  | { readonly kind: "file"; readonly mediaType: string; readonly parts: Shape }
  | { readonly kind: "other"; readonly mediaType: string };

/** An operation of a description. */
export interface Operation {
  /** Its `operationId`. */
  readonly id: string | undefined;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  /** In capitals. */
  readonly method: string;
  /** As the description has it. */
  readonly path: string;
  readonly servers: readonly Server[];
  readonly parameters: readonly Parameter[];
  readonly request: Body;
  readonly response: Body;
}

export interface Description {
  readonly version: string;
  readonly title: string;
  readonly servers: readonly Server[];
  readonly operations: readonly Operation[];
  /** By name, as the description has them. */
  readonly securitySchemes: ReadonlyMap<string, Json>;
  /** References that lead out of the document or nowhere. */
  readonly dangling: readonly string[];
}

const METHODS = ["get", "put", "post", "delete", "patch", "options", "head", "trace"];

/**
 * @param address Where the description came from, if relative servers can be told from it.
 * @throws {Unreadable} If references or schemas have no end.
 */
export function describe(document: Json, address?: string): Description {
  const references = referencesOf(document);
  const servers = serversOf(own(document, "servers"), address);
  const operations = Object.entries(objectOf(own(document, "paths"))).flatMap(([path, node]) => {
    if (!path.startsWith("/")) return [];
    const item = references.follow(node);
    const ofPath = own(item, "servers") === undefined ? servers : serversOf(own(item, "servers"), address);
    return METHODS.flatMap((method) => {
      const operation = own(item, method);
      return isObject(operation)
        ? [operationOf(operation, { item, path, method, servers: ofPath, references, address })]
        : [];
    });
  });
  const schemes = objectOf(own(objectOf(own(document, "components")), "securitySchemes"));
  return {
    version: String(own(document, "openapi")),
    title: stringOf(own(objectOf(own(document, "info")), "title")) ?? "",
    servers,
    operations,
    securitySchemes: new Map(Object.entries(schemes).map(([name, node]) => [name, references.follow(node)])),
    dangling: [...references.dangling],
  };
}

interface Place {
  readonly item: Json;
  readonly path: string;
  readonly method: string;
  readonly servers: readonly Server[];
  readonly references: References;
  readonly address: string | undefined;
}

function operationOf(operation: Json, { item, path, method, servers, references, address }: Place): Operation {
  const requestBody = references.follow(own(operation, "requestBody"));
  return {
    id: stringOf(own(operation, "operationId")),
    summary: stringOf(own(operation, "summary")) ?? stringOf(own(item, "summary")) ?? "",
    description: stringOf(own(operation, "description")) ?? stringOf(own(item, "description")) ?? "",
    tags: stringsOf(own(operation, "tags")),
    deprecated: own(operation, "deprecated") === true,
    method: method.toUpperCase(),
    path,
    servers: own(operation, "servers") === undefined ? servers : serversOf(own(operation, "servers"), address),
    parameters: parametersOf(path, item, operation, references),
    request: bodyOf(own(requestBody, "content"), own(requestBody, "required") === true, references),
    response: bodyOf(own(successOf(operation, references), "content"), false, references),
  };
}

/** The operation's own, those of its path that it does not replace, and those that only the path names. */
function parametersOf(path: string, item: Json, operation: Json, references: References): Parameter[] {
  const byName = new Map<string, Parameter>();
  for (const [, name = ""] of path.matchAll(/\{([^{}]+)\}/g)) {
    byName.set(`path ${name}`, { name, in: "path", required: true, description: "", values: [] });
  }
  for (const node of [...listOf(own(item, "parameters")), ...listOf(own(operation, "parameters"))]) {
    const parameter = references.follow(node);
    const name = stringOf(own(parameter, "name"));
    const place = stringOf(own(parameter, "in"));
    if (name === undefined || place === undefined) continue;
    byName.set(`${place} ${name}`, {
      name,
      in: place,
      required: own(parameter, "required") === true,
      description: stringOf(own(parameter, "description")) ?? "",
      values: shapeOf(own(parameter, "schema"), references).get("")?.values ?? [],
    });
  }
  return [...byName.values()];
}

/** The first answer that is a success, or the one for all others. */
function successOf(operation: Json, references: References): Json {
  const responses = objectOf(own(operation, "responses"));
  const statuses = Object.keys(responses)
    .filter((status) => /^2(\d\d|XX)$/i.test(status))
    .sort();
  const withBody = statuses.find((status) => own(references.follow(responses[status]), "content") !== undefined);
  return references.follow(responses[withBody ?? statuses[0] ?? "default"]);
}

function bodyOf(content: unknown, required: boolean, references: References): Body {
  const media = Object.entries(objectOf(content));
  const json = media.find(([type]) => /^[^;]*[/+]json\s*(;|$)/i.test(type) || type === "*/*");
  const form = media.find(([type]) => /^multipart\/form-data\s*(;|$)/i.test(type));
  const [any] = media;
  const schemaOf = (of: [string, unknown]): unknown => own(references.follow(of[1]), "schema");
  // Where both are taken, a file can only go into the form.
  const hasFile = (of: [string, unknown]): boolean =>
    [...shapeOf(schemaOf(of), references).values()].some(({ format }) => format === "binary");
  if (json && !(form && hasFile(form)))
    return { kind: "json", mediaType: json[0], required, shape: shapeOf(schemaOf(json), references) };
  if (form) return { kind: "file", mediaType: form[0], parts: shapeOf(schemaOf(form), references) };
  return any === undefined ? { kind: "none" } : { kind: "other", mediaType: any[0] };
}
