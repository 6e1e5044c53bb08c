// A request's walk through the sandbox, whether it came by a function call or by HTTP.
import type { OperationName } from "botsplash";
import { isObject, type Parsed, parse, summary, takeKeys } from "./body.ts";
import { type Json, type Operation, operationNames } from "./contract.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { authorize } from "./credentials.ts";
import { effects } from "./effects.ts";
import { withoutFields } from "./extra-fields.ts";
import { type Answer, createFaults, type Fault, jsonAnswer, type Reply, spoil } from "./faults.ts";
import { readOptions, type SandboxOptions, type Settings } from "./options.ts";
import { Refusal } from "./refusal.ts";
import { type Match, route } from "./route.ts";
import { problems } from "./schema.ts";
import { createState, type State } from "./state.ts";
import type { RequestRecord } from "./types.ts";
import { sleep } from "./wait.ts";

/** A request, as far as the sandbox is concerned. */
export interface Received {
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Under lower-case names. */
  readonly headers: Record<string, string>;
  readonly bytes: Uint8Array;
  /** The body was larger than the server takes, and is not in `bytes`. */
  readonly tooLarge?: boolean;
}

/** A request that was answered, or that will get no response; without anybody's data. */
export interface RequestEvent {
  method: string;
  /** The operation's path, with its placeholders, if the request led to one. */
  route?: string;
  operation?: OperationName;
  /** The status of the response; for no response `hang`, `reset`, or `gone` where the caller did not wait. */
  outcome: number | "hang" | "reset" | "gone";
  /** How many people were texted. */
  texts: number;
  /** A fault was asked for, and this request took it. */
  faulty: boolean;
}

export interface Core {
  /** @returns Rejects with the signal's reason if it is aborted during a delay. */
  handle(received: Received, signal?: AbortSignal): Promise<Reply>;
  readonly basePath: string;
  readonly state: State;
  fault(fault: Fault): void;
  reset(): void;
}

export function createCore(options: SandboxOptions, onRequest?: (event: RequestEvent) => void): Core {
  const settings = readOptions(options);
  const { operations, basePath, latencyMs } = settings;
  const methods = [...new Set(operations.map(({ method }) => method))].sort();
  const state = createState();
  const faults = createFaults();

  async function handle(received: Received, signal?: AbortSignal): Promise<Reply> {
    const record = note(state, received);
    const event: RequestEvent = { method: received.method, outcome: "gone", texts: 0, faulty: false };
    const reply = await answer(received, record, event, signal).catch((error) => {
      onRequest?.(event);
      throw error;
    });
    event.outcome = typeof reply === "string" ? reply : reply.status;
    onRequest?.(event);
    if (typeof reply === "string") return reply;
    record.status = reply.status;
    return { ...reply, headers: { ...corsHeaders(received.headers.origin), ...reply.headers } };
  }

  async function answer(
    received: Received,
    record: RequestRecord,
    event: RequestEvent,
    signal?: AbortSignal,
  ): Promise<Reply> {
    if (received.method === "OPTIONS") {
      return { status: 204, headers: preflightHeaders(methods), body: "", ends: "whole" };
    }
    const match = route(operations, received.method, received.path, basePath);
    if (match.found !== "operation") return refuse(unrouted(match, basePath));
    const { operation, params } = match;
    record.operation = operation.name;
    event.operation = operation.name;
    event.route = operation.path;
    const read = await readBody(operation, received);
    if (read.parsed.parts) record.body = read.parsed.parts.map(summary);

    const fault = faults.take(operation.name, new TextDecoder().decode(received.bytes));
    event.faulty = fault !== undefined;
    if (fault !== undefined && fault.when !== "after") {
      if (fault.delayMs === undefined) return spoil(fault, jsonAnswer(200, operation.example));
      await sleep(fault.delayMs, signal);
    }
    const sound = await attempt(() => perform({ settings, state, operation, params, received, read, record, event }));
    if (latencyMs > 0) await sleep(latencyMs, signal);
    if (fault?.when === "after") {
      if (fault.delayMs === undefined) return spoil(fault, sound);
      await sleep(fault.delayMs, signal);
    }
    return sound;
  }

  return {
    handle,
    basePath,
    state,
    fault: (fault) => faults.add(fault, operationNames),
    reset() {
      state.clear();
      faults.clear();
    },
  };
}

function note(state: State, { method, path, query, headers, bytes }: Received): RequestRecord {
  const record: RequestRecord = { method, path, query, headers, body: new TextDecoder().decode(bytes) };
  state.requests.push(record);
  return record;
}

function unrouted(match: Exclude<Match, { found: "operation" }>, basePath: string): Refusal {
  switch (match.found) {
    case "encoding":
      return new Refusal(400, "path_broken", "The path is not valid percent-encoding.");
    case "method":
      return new Refusal(405, "method_wrong", `This path takes ${match.methods.join(" and ")}.`, {
        headers: { allow: [...match.methods, "OPTIONS"].join(", ") },
      });
    case "path":
      return new Refusal(404, "path_unknown", `No operation has this path. Paths begin with ${basePath}/{appId}.`);
  }
}

interface Read {
  readonly parsed: Parsed;
  readonly refusal?: Refusal;
}

/** Goes on with an unreadable body for now: a fault may come first, and wrong credentials. */
async function readBody({ mediaType = "application/json" }: Operation, { bytes, headers }: Received): Promise<Read> {
  try {
    return { parsed: await parse(bytes, headers["content-type"], mediaType) };
  } catch (error) {
    if (error instanceof Refusal) return { parsed: {}, refusal: error };
    throw error;
  }
}

interface Performance {
  readonly settings: Settings;
  readonly state: State;
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly received: Received;
  readonly read: Read;
  readonly record: RequestRecord;
  readonly event: RequestEvent;
}

async function perform({
  settings,
  state,
  operation,
  params,
  received,
  read,
  record,
  event,
}: Performance): Promise<Answer> {
  const { appId, credentials, extraFields, now } = settings;
  if (received.tooLarge) throw new Refusal(413, "body_too_large", "The body is larger than this sandbox takes.");
  if (appId !== undefined && params.appId !== appId) {
    throw new Refusal(404, "app_unknown", "There is no such appId here.");
  }
  checkChoices(operation, params);

  const query = new URLSearchParams(received.query);
  const { keys, rest } = takeKeys(read.parsed);
  const presented = { authorization: received.headers.authorization, keys: [...query.getAll("api_key"), ...keys] };
  // Without any other credential the key may be in the part of the body that could not be read.
  const cannotTell = read.refusal && presented.authorization === undefined && presented.keys.length === 0;
  if (credentials !== false && !cannotTell) authorize(credentials, presented);
  if (read.refusal) throw read.refusal;

  const payload = checkBody(operation, rest, extraFields[operation.name] ?? []);
  const at = now();
  const textsBefore = state.texts.length;
  const submissionKey = query.get("submissionKey") ?? undefined;
  const { answer, visitor, repeated } = await effects[operation.name]({ state, params, at, submissionKey, ...payload });
  event.texts = state.texts.length - textsBefore;
  if (operation.repeat !== "read" && !repeated) {
    state.ledger.push({
      operation: operation.name,
      ...(visitor && { visitorId: visitor.id }),
      at,
      requestIndex: state.requests.indexOf(record),
    });
  }
  return jsonAnswer(200, answer);
}

function checkChoices({ choices }: Operation, params: Readonly<Record<string, string>>): void {
  for (const [name, allowed] of Object.entries(choices)) {
    if (!allowed.includes(params[name] ?? "")) {
      const message = `must be ${allowed.join(" or ")}`;
      throw new Refusal(400, "path_parameter_wrong", `{${name}} in the path ${message}.`, {
        fields: [{ field: name, message }],
      });
    }
  }
}

/** @param parsed Without credentials. */
function checkBody(
  operation: Operation,
  { json, parts = [] }: Parsed,
  extra: readonly string[],
): { body: Json; file: File | undefined } {
  if (operation.mediaType === undefined) {
    const empty = json === undefined || (isObject(json) && Object.keys(json).length === 0);
    if (!empty) throw new Refusal(400, "body_unexpected", `${operation.name} takes no body.`);
    return { body: {}, file: undefined };
  }
  if (operation.schema === undefined) {
    const [part] = parts;
    const isFile = parts.length === 1 && part?.name === "file" && typeof part.value !== "string";
    return { body: {}, file: isFile ? (part.value as File) : undefined };
  }
  if (json === undefined) throw new Refusal(400, "body_missing", `${operation.name} needs a JSON body.`);
  const fields = problems(operation, withoutFields(json, extra));
  if (fields.length > 0) {
    const listed = fields.map(({ field, message }) => `${field || "the body"} ${message}`).join("; ");
    throw new Refusal(400, "body_wrong", `The body does not fit the contract: ${listed}.`, { fields });
  }
  return { body: json as Json, file: undefined };
}

async function attempt(perform: () => Promise<Answer>): Promise<Answer> {
  try {
    return await perform();
  } catch (error) {
    if (error instanceof Refusal) return refuse(error);
    throw error;
  }
}

function refuse({ status, body, headers }: Refusal): Answer {
  return jsonAnswer(status, body, headers);
}
