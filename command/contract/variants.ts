// `/visitor/clientVisitorId/{id}` and `/visitor/clientAppId/{id}` are one operation, whose kind of id is written out.
import type { Operation, Parameter } from "./description.ts";
import { ourOperations } from "./ours.ts";

const kinds = ourOperations
  .flatMap(({ parameters }) => parameters)
  .find(({ in: place, values }) => place === "path" && values.length > 0);

/** @returns The operations, those that differ by such a word alone as one. */
export function withoutVariants(operations: readonly Operation[]): Operation[] {
  if (kinds === undefined) return [...operations];
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const key = `${operation.method} ${general(operation.path, kinds)}`;
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const written = new Set(group.map(({ path }) => path));
    if (first === undefined || written.size !== kinds.values.length) return group;
    return [{ ...first, path: general(first.path, kinds), parameters: [...first.parameters, kinds] }];
  });
}

function general(path: string, { name, values }: Parameter): string {
  return path
    .split("/")
    .map((segment) => (values.includes(segment) ? `{${name}}` : segment))
    .join("/");
}
