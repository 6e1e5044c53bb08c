// Which credentials a description wants, and whether the client can send them.
import type { Description } from "./description.ts";
import { type Json, own, stringOf } from "./json.ts";

export interface SecurityScheme {
  readonly name: string;
  /** Such as `HTTP Basic` and `API key "api_key" in the query`. */
  readonly scheme: string;
  /** The client can send it. */
  readonly known: boolean;
}

const BASIC = "HTTP Basic";
const KEY = 'API key "api_key" in the query';

export function securityOf({ securitySchemes }: Description): {
  readonly schemes: readonly SecurityScheme[];
  /** Those of the client that the description does not have. */
  readonly missing: readonly string[];
} {
  const schemes = [...securitySchemes].map(([name, node]) => {
    const scheme = inWords(node);
    return { name, scheme, known: scheme === BASIC || scheme === KEY };
  });
  return { schemes, missing: [BASIC, KEY].filter((one) => !schemes.some(({ scheme }) => scheme === one)) };
}

function inWords(node: Json): string {
  const type = stringOf(own(node, "type")) ?? "unknown";
  const scheme = stringOf(own(node, "scheme")) ?? "";
  if (type === "http") return scheme.toLowerCase() === "basic" ? BASIC : `HTTP ${scheme}`;
  if (type === "apiKey") {
    const place = stringOf(own(node, "in")) ?? "unknown";
    return `API key "${stringOf(own(node, "name")) ?? ""}" in the ${place}`;
  }
  return type;
}
