// Our own contract, read as any other description is.
import type { OperationName } from "botsplash";
import document from "../../openapi.json" with { type: "json" };
import { type Description, describe, type Operation } from "./description.ts";
import { objectOf, own } from "./json.ts";

export interface OurOperation extends Operation {
  readonly id: OperationName;
  /** Method and path are an assumption, since the text that reached us lost them. */
  readonly assumed: boolean;
}

const description = describe(document);

export const ourDescription: Description = description;

export const ourOperations: readonly OurOperation[] = description.operations.map((operation) => ({
  ...operation,
  id: operation.id as OperationName,
  assumed: isAssumed(operation),
}));

/** `https://api.botsplash.com/open/v1`: where a client calls unless it is told otherwise. */
export const OUR_SERVER = description.servers[0] ?? { origin: undefined, path: "" };

function isAssumed({ path, method }: Operation): boolean {
  const item = objectOf(own(objectOf(document.paths), path));
  return own(objectOf(own(item, method.toLowerCase())), "x-route") === "assumed";
}
