// Makes errors: out of what JavaScript finds wrong before anything is sent, and out of what Rust says
// of a call. The words are the crate's, whose `Display` (src/error.rs) puts them in the same order.
import { codes, deliveries, sentences } from "#tables";
import {
  SENTENCE_MAY_DO_IT_TWICE,
  SENTENCE_NOTHING_SENT,
  said,
  TEXT_BODY,
  TEXT_CAUSE,
  TEXT_CAUSE_CODE,
  TEXT_DETAIL,
  TEXT_FIELD,
  TEXT_REQUEST_ID,
} from "./boundary.ts";
import { BotsplashError } from "./error.ts";
import type { Refusal } from "./refusal.ts";
import { type Foreign, safely } from "./safely.ts";

/** One request that was made, and what came of it. */
export interface Attempted {
  status?: number;
  durationMs: number;
}

/** A caller's value does not fit. Nothing was sent. */
export const refused = ({ code, operation, field, problem }: Refusal): BotsplashError => {
  const message =
    code === "configuration"
      ? `${field}: ${problem}`
      : sentence([`${name(operation)}${field}: ${problem}`, filled(SENTENCE_NOTHING_SENT)]);
  return notSent(code, operation, field, message);
};

/** A client that cannot make calls. Nothing was sent. */
export const unusable = (operation: string | undefined, problem: string, hint?: string, cause?: unknown) =>
  notSent(
    "configuration",
    operation,
    undefined,
    sentence([name(operation) + problem, filled(SENTENCE_NOTHING_SENT)]),
    hint,
    cause,
  );

const notSent = (
  code: string,
  operation: string | undefined,
  field: string | undefined,
  message: string,
  hint?: string,
  cause?: unknown,
) =>
  new BotsplashError(
    message,
    { code, operation, delivery: "not_sent", attempts: [], field, summary: message, hint },
    cause,
  );

/** The failure that Rust has said last. */
export const told = (operation: string | undefined, attempts: Attempted[]): BotsplashError => {
  const { texts, failure } = said;
  said.texts = [];
  const field = texts[TEXT_FIELD];
  const code = codes[failure.code];
  const open = texts[TEXT_DETAIL] || String(failure.number);
  const problem = filled(failure.problem, open);
  const hint = filled(failure.hint, operation);
  const body = parsed(texts[TEXT_BODY]);
  const happened = name(operation) + name(field) + problem;
  const isOption = field && code === "configuration";
  const summary = isOption ? `${field}: ${problem}` : sentence([happened, filled(failure.known)]);
  return new BotsplashError(
    isOption ? summary : sentence([happened, filled(failure.known), hint]),
    {
      code,
      operation,
      delivery: deliveries[failure.delivery],
      attempts,
      httpStatus: failure.status || undefined,
      field,
      requestId: [texts[TEXT_REQUEST_ID], safely(() => body.requestId)].find(isId),
      retryAfterMs: failure.retryAfterMs < 0 ? undefined : failure.retryAfterMs,
      summary,
      hint,
    },
    causeOf(texts[TEXT_CAUSE], texts[TEXT_CAUSE_CODE]),
    body,
  );
};

/** A call that the wasm did not live to see the end of. */
export const stopped = (operation: string | undefined, attempts: Attempted[], cause: unknown): BotsplashError => {
  if (attempts.length === 0) return unusable(operation, PROBLEM_STOPPED, undefined, cause);
  const { status } = attempts[attempts.length - 1] as Attempted;
  const summary = sentence([name(operation) + PROBLEM_STOPPED, filled(SENTENCE_MAY_DO_IT_TWICE)]);
  return new BotsplashError(
    summary,
    { code: "network", operation, delivery: "unknown", attempts, httpStatus: status, summary },
    cause,
  );
};

const PROBLEM_STOPPED = "the WebAssembly part stopped";

/** The sentences that say something, each with an end. A problem may end in a question of its own. */
const sentence = (parts: string[]): string =>
  parts
    .filter(Boolean)
    .map((part) => (part.endsWith("?") ? part : `${part}.`))
    .join(" ");

const name = (name: string | undefined): string => (name ? `${name}: ` : "");

const filled = (place: number, open = ""): string => {
  const { [place]: sentence = "" } = sentences;
  return sentence.replace("{}", open);
};

const parsed = (text: string | undefined): Foreign => {
  try {
    return text ? JSON.parse(text) : text;
  } catch {
    return text;
  }
};

/** Spelt as ids are: a server may have quoted the request there. */
const isId = (id: unknown): boolean => typeof id === "string" && /^(?![\d.-]{7,15}$)[\w.:-]{1,64}$/.test(id);

const causeOf = (name: string | undefined, code: string | undefined): Error | undefined => {
  if (!name) return undefined;
  const cause = Object.assign(new Error(code), code && { code });
  // Its stack leads here, which tells nobody anything.
  Object.defineProperty(cause, "name", { value: name }).stack = "";
  return cause;
};
