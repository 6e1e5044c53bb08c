import type { OperationName } from "botsplash";
import { contract, type DocumentedOperation, nameOf, type Parameter, type Schema } from "./document.ts";

/** A value that the path wants. `field` is what the client's errors call it. */
export interface PathValue {
  /** The placeholder: `id`. */
  placeholder: string;
  field: string;
  docs: string;
  choices?: string[];
}

export interface Operation {
  name: OperationName;
  summary: string;
  docs: string;
  method: string;
  /** With placeholders: `/{appId}/message`. */
  path: string;
  /** Whether method and path are an assumption. */
  assumed: boolean;
  repeat: DocumentedOperation["x-repeat"];
  /** The path's arguments after the account. */
  values: PathValue[];
  body?: { schema: Schema; example: unknown };
  /** Whether it takes a file instead. */
  file: boolean;
  /** The name of what it answers. */
  answer: string;
}

const operationOf = (path: string, method: string, documented: DocumentedOperation): Operation => {
  const json = documented.requestBody?.content["application/json"];
  return {
    name: documented.operationId as OperationName,
    summary: documented.summary,
    docs: documented.description,
    method: method.toUpperCase(),
    path,
    assumed: documented["x-route"] === "assumed",
    repeat: documented["x-repeat"],
    values: documented.parameters.filter(({ $ref }) => nameOf($ref ?? "") !== "AppId").map(pathValue),
    ...(json && { body: { schema: json.schema, example: Object.values(json.examples ?? {})[0]?.value } }),
    file: documented.requestBody !== undefined && json === undefined,
    answer: nameOf(documented.responses["200"].content["application/json"].schema.$ref ?? ""),
  };
};

const pathValue = ({ $ref = "" }: Parameter): PathValue => {
  const name = nameOf($ref);
  const { name: placeholder, description, schema } = contract.components.parameters[name] as Parameter;
  return {
    placeholder,
    field: name.charAt(0).toLowerCase() + name.slice(1),
    docs: description.replace(" Percent-encoded as one path segment.", ""),
    ...(schema.enum && { choices: schema.enum }),
  };
};

export const operations: Operation[] = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, documented]) => operationOf(path, method, documented)),
);

/** `POST /{appId}/message`, as the option `routes` takes it. */
export const routeOf = ({ method, path }: Operation) => `${method} ${path}`;
