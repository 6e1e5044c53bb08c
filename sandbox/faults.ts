import type { OperationName } from "botsplash";
import { Refusal } from "./refusal.ts";

/**
 * Describes what should go wrong, when, and how often. Exactly one thing goes wrong at a time: one of
 * `hang`, `reset`, `truncate`, `brokenJson`, `html`, `empty`, `redirect`, `delayMs`, `slowBody`, or a mere
 * `status`.
 */
export interface Fault {
  /** Only for this operation. Otherwise for the next one, whichever it is. */
  operation?: OperationName | undefined;
  /** Only for requests whose body holds this text, such as a phone number: the others go on as always. */
  holding?: string | undefined;
  /** For how many requests, 1 unless given. Infinity: until `reset()`. */
  times?: number | undefined;
  /**
   * `before` (the default): the request has no effect. `after`: it has its effect, and the answer goes
   * wrong.
   */
  when?: "before" | "after" | undefined;
  /**
   * Answers this status; beside `truncate`, `brokenJson`, `html`, `empty`, `redirect` or `slowBody`,
   * replaces theirs.
   */
  status?: number | undefined;
  /** With a mere `status`: a string, sent as it is, or a JSON value. */
  body?: unknown;
  /** Added to the response, such as `{ "Retry-After": "1" }`. */
  headers?: Record<string, string> | undefined;
  /** Never answers. */
  hang?: true | undefined;
  /** Tears the connection instead of answering. */
  reset?: true | undefined;
  /** Sends the headers and half of the body, then tears the connection. */
  truncate?: true | undefined;
  /** Answers with JSON that breaks off, on a connection that does not. */
  brokenJson?: true | undefined;
  /** Answers with an HTML page. */
  html?: true | undefined;
  /** Answers with no body. */
  empty?: true | undefined;
  /** Redirects to this location, with a 302. */
  redirect?: string | undefined;
  /** Waits, before the effect or after it, and then answers as always. */
  delayMs?: number | undefined;
  /** Sends the headers at once and half of the body, then nothing more. */
  slowBody?: true | undefined;
}

/** The response to the caller. `ends` says how its body ends: whole, torn off in the middle, or never. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly ends: "whole" | "torn" | "never";
}

export type Reply = Answer | "hang" | "reset";

/** The things that can go wrong, of which a fault names one; a mere `status` is another. */
export const faultKinds = [
  "hang",
  "reset",
  "truncate",
  "brokenJson",
  "html",
  "empty",
  "redirect",
  "delayMs",
  "slowBody",
] as const satisfies readonly (keyof Fault)[];

const FIELDS: readonly string[] = [...faultKinds, "operation", "holding", "times", "when", "status", "body", "headers"];
const JSON_TYPE = { "content-type": "application/json" };

export function jsonAnswer(status: number, body: unknown, headers?: Readonly<Record<string, string>>): Answer {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body), ends: "whole" };
}

/** The faults that are still to come, in the order in which they were asked for. */
export interface Faults {
  add(fault: Fault, operations: readonly OperationName[]): void;
  /** @param body of the request, as text */
  take(operation: OperationName, body: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  const queue: (Fault & { left: number })[] = [];
  return {
    add(fault, operations) {
      check(fault, operations);
      queue.push({ ...fault, left: fault.times ?? 1 });
    },
    take(operation, body) {
      const index = queue.findIndex(
        (fault) => (fault.operation ?? operation) === operation && body.includes(fault.holding ?? ""),
      );
      const fault = queue[index];
      if (fault && --fault.left === 0) queue.splice(index, 1);
      return fault;
    },
    clear() {
      queue.length = 0;
    },
  };
}

/** A fault that is misspelt would let a test pass that proves nothing. */
function check(fault: Fault, operations: readonly OperationName[]): void {
  if (typeof fault !== "object" || fault === null) throw new TypeError("fault(): expected an object");
  const given = Object.entries(fault)
    .filter(([, value]) => value !== undefined)
    .map(([key]) => key);
  const stray = given.find((key) => !FIELDS.includes(key));
  if (stray !== undefined) throw new TypeError(`fault(): "${stray}" is not one of ${FIELDS.join(", ")}`);
  const kinds = faultKinds.filter((kind) => given.includes(kind));
  if (kinds.length > 1) throw new TypeError(`fault(): ${kinds.join(" and ")} exclude each other`);
  if (kinds.length === 0 && fault.status === undefined) {
    throw new TypeError(`fault(): say what goes wrong: status, or one of ${faultKinds.join(", ")}`);
  }
  const need = (ok: boolean, message: string): void => {
    if (!ok) throw new TypeError(`fault(): ${message}`);
  };
  const { operation, holding, times = 1, when = "before", status = 500, redirect, delayMs = 0, body } = fault;
  need(operation === undefined || operations.includes(operation), `operation is one of ${operations.join(", ")}`);
  need(holding === undefined || (typeof holding === "string" && holding !== ""), "holding is a text");
  need(times === Infinity || (Number.isInteger(times) && times > 0), "times is a positive integer or Infinity");
  need(when === "before" || when === "after", 'when is "before" or "after"');
  need(Number.isInteger(status) && status >= 200 && status <= 599, "status is an integer from 200 to 599");
  need(redirect === undefined || typeof redirect === "string", "redirect is a location");
  need(Number.isFinite(delayMs) && delayMs >= 0, "delayMs is a number of milliseconds");
  need(body === undefined || kinds.length === 0, "body needs a status alone");
  for (const kind of kinds) {
    if (kind !== "redirect" && kind !== "delayMs") need(fault[kind] === true, `${kind} is true or left out`);
  }
}

/**
 * The answer gone wrong.
 *
 * @param fault Any but a delay.
 * @param sound The answer as it would have been.
 */
export function spoil(fault: Fault, sound: Answer): Reply {
  if (fault.hang) return "hang";
  if (fault.reset) return "reset";
  const { status, headers, body, ends } = spoilt(fault, sound);
  return {
    status: fault.status ?? status,
    headers: { ...headers, ...lowerCaseNames(fault.headers ?? {}) },
    body,
    ends,
  };
}

function spoilt(fault: Fault, sound: Answer): Answer {
  const half = sound.body.slice(0, Math.ceil(sound.body.length / 2));
  if (fault.truncate) {
    const length = String(new TextEncoder().encode(sound.body).length);
    return { ...sound, headers: { ...sound.headers, "content-length": length }, body: half, ends: "torn" };
  }
  if (fault.slowBody) return { ...sound, body: half, ends: "never" };
  if (fault.brokenJson) return { status: 200, headers: JSON_TYPE, body: '{"success":tr', ends: "whole" };
  if (fault.empty) return { status: 200, headers: JSON_TYPE, body: "", ends: "whole" };
  if (fault.html) {
    const page = "<!doctype html><title>Something went wrong</title><h1>Something went wrong</h1>\n";
    return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: page, ends: "whole" };
  }
  if (fault.redirect !== undefined) {
    return { status: 302, headers: { location: fault.redirect }, body: "", ends: "whole" };
  }
  if (typeof fault.body === "string") {
    return { status: 500, headers: { "content-type": "text/plain; charset=utf-8" }, body: fault.body, ends: "whole" };
  }
  const refusal = new Refusal(500, "fault_injected", "A fault told the sandbox to answer with this status.");
  return jsonAnswer(500, fault.body ?? refusal.body);
}

function lowerCaseNames(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
