// openapi.json, as far as the page reads it.
import json from "../../../openapi.json";

/** A JSON Schema, with the keywords that the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean;
  items?: Schema;
  enum?: string[];
  anyOf?: Schema[];
  const?: string;
  format?: string;
}

export interface Parameter {
  $ref?: string;
  name: string;
  description: string;
  schema: Schema;
}

interface Media {
  schema: Schema;
  examples?: Record<string, { summary: string; value: unknown }>;
}

export interface DocumentedOperation {
  operationId: string;
  summary: string;
  description: string;
  "x-route": "published" | "assumed";
  "x-repeat": "read" | "idempotent" | "send";
  parameters: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: { "200": { content: { "application/json": Media } } };
}

interface Document {
  servers: { url: string }[];
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
}

export const contract = json as unknown as Document;

/** The last part of a reference: `NewVisitor`. */
export const nameOf = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1);

/** The schema that is meant, under the words of the place that refers to it. */
export const resolved = (schema: Schema): Schema => {
  if (!schema.$ref) return schema;
  const { $ref, ...here } = schema;
  return { ...contract.components.schemas[nameOf($ref)], ...here };
};
