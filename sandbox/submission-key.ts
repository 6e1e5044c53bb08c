// Several sends of a lead under one key mean one lead. The API has no such key: this is what a relay
// does with it, so that a page can be tried without one.
import { isObject } from "./body.ts";
import type { Json } from "./contract.ts";
import { Refusal } from "./refusal.ts";
import type { State } from "./state.ts";

/** A submission under its key. */
export interface KeyedSubmission {
  readonly appId: string;
  readonly listenerId: string;
  readonly key: string;
  readonly body: Json;
}

/**
 * @returns The id that the same submission was given before, if it was.
 * @throws {Refusal} If the key cannot be one, or came with other content before.
 */
export function earlierRequest({ keys }: State, submission: KeyedSubmission): string | undefined {
  if (!/^[\w.~-]{1,64}$/.test(submission.key)) {
    throw new Refusal(422, "validation", "submissionKey: expected 1 to 64 of A-Z a-z 0-9 - . _ ~");
  }
  const earlier = keys.get(nameOf(submission));
  if (earlier === undefined) return undefined;
  if (earlier.content !== canonical(submission.body)) {
    throw new Refusal(
      422,
      "key_conflict",
      "submissionKey: it was used with another content. Make a new key for a new content.",
    );
  }
  return earlier.requestId;
}

export function remember({ keys }: State, submission: KeyedSubmission, requestId: string): void {
  keys.set(nameOf(submission), { content: canonical(submission.body), requestId });
}

function nameOf({ appId, listenerId, key }: KeyedSubmission): string {
  return JSON.stringify([appId, listenerId, key]);
}

/** The same text for the same content, in whichever order its fields came. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
