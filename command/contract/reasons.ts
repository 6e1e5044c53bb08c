// Why one of their operations was taken for one of ours, in words.
import type { Evidence } from "./likeness.ts";
import type { Candidate } from "./match.ts";
import type { OurOperation } from "./ours.ts";
import { plainName } from "./words.ts";

const ALIKE: Readonly<Record<Evidence["kind"], readonly [same: string, similar: string]>> = {
  id: ["the same operationId", "a similar operationId"],
  words: ["the summary and tags speak of the same", "the summary and tags speak of something similar"],
  parameters: ["the same path parameters", "similar path parameters"],
  request: ["the same request", "a similar request"],
  response: ["the same response", "a similar response"],
  method: ["", ""],
};

const UNLIKE: Readonly<Record<Evidence["kind"], string>> = {
  id: "another operationId",
  words: "other words in the summary and tags",
  parameters: "other path parameters",
  request: "another request",
  response: "another response",
  method: "another kind of method",
};

export function reasonsOf(our: OurOperation, { operation, evidence }: Candidate): string[] {
  const reasons = evidence.map(({ kind, likeness }) => {
    if (kind === "id" && plainName(operation.id ?? "") === plainName(our.id)) return ALIKE.id[0];
    if (likeness > 0.9) return kind === "id" ? ALIKE.id[1] : ALIKE[kind][0];
    return likeness >= 0.4 ? ALIKE[kind][1] : UNLIKE[kind];
  });
  return reasons.filter((reason) => reason !== "");
}
