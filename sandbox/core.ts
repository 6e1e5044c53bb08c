// A request's walk through the sandbox, whether it came by a function call or by HTTP.
import { isObject, parse, summary, takeKeys } from "./body.ts";
import { operations } from "./contract.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { authorize } from "./credentials.ts";
import { effects } from "./effects.ts";
import { createFaults, jsonAnswer, spoil } from "./faults.ts";
import { readOptions } from "./options.ts";
import { Refusal } from "./refusal.ts";
import { route } from "./route.ts";
import { problems } from "./schema.ts";
import { createState } from "./state.ts";
import { sleep } from "./wait.ts";

/**
 * @typedef {import("./body.ts").Parsed} Parsed
 * @typedef {import("./contract.ts").Operation} Operation
 * @typedef {import("./faults.ts").Answer} Answer
 * @typedef {import("./faults.ts").Reply} Reply
 * @typedef {import("./types.ts").RequestRecord} RequestRecord
 *
 * @typedef {object} Received A request, as far as the sandbox is concerned.
 * @property {string} method
 * @property {string} path Percent-encoded.
 * @property {string} query Without the question mark.
 * @property {Record<string, string>} headers Under lower-case names.
 * @property {Uint8Array} bytes
 * @property {boolean} [tooLarge] The body was larger than the server takes, and is not in `bytes`.
 *
 * @typedef {ReturnType<typeof createCore>} Core
 */

const NAMES = operations.map(({ name }) => name);

/** @param {import("./options.ts").SandboxOptions} options */
export function createCore(options) {
  const { appId, credentials, basePath, now, latencyMs } = readOptions(options);
  const state = createState();
  const faults = createFaults();

  /**
   * @param {Received} received
   * @param {AbortSignal} [signal] Aborted when the caller has gone.
   * @returns {Promise<Reply>} Rejects with the signal's reason if it is aborted during a delay.
   */
  async function handle(received, signal) {
    const record = note(received);
    const reply = await answer(received, record, signal);
    if (typeof reply === "string") return reply;
    record.status = reply.status;
    return { ...reply, headers: { ...corsHeaders(received.headers.origin), ...reply.headers } };
  }

  /** @param {Received} received @returns {RequestRecord} */
  function note({ method, path, query, headers, bytes }) {
    /** @type {RequestRecord} */
    const record = { method, path, query, headers, body: new TextDecoder().decode(bytes) };
    state.requests.push(record);
    return record;
  }

  /** @param {Received} received @param {RequestRecord} record @param {AbortSignal} [signal] @returns {Promise<Reply>} */
  async function answer(received, record, signal) {
    if (received.method === "OPTIONS") return { status: 204, headers: preflightHeaders, body: "", ends: "whole" };
    const match = route(received.method, received.path, basePath);
    if (!match.operation) return refuse(unrouted(match));
    const { operation, params } = match;
    record.operation = operation.name;
    const read = await readBody(operation, received);
    if (read.parsed.parts) record.body = read.parsed.parts.map(summary);

    const fault = faults.take(operation.name);
    if (fault?.when !== "after") {
      if (fault?.delayMs !== undefined) await sleep(fault.delayMs, signal);
      else if (fault) return spoil(fault, jsonAnswer(200, operation.example));
    }
    const sound = await attempt(() => perform(operation, params, received, read, record));
    if (latencyMs > 0) await sleep(latencyMs, signal);
    if (fault?.when === "after") {
      if (fault.delayMs === undefined) return spoil(fault, sound);
      await sleep(fault.delayMs, signal);
    }
    return sound;
  }

  /**
   * @param {Operation} operation
   * @param {Record<string, string>} params
   * @param {Received} received
   * @param {Read} read
   * @param {RequestRecord} record
   * @returns {Promise<Answer>}
   */
  async function perform(operation, params, received, read, record) {
    if (received.tooLarge) throw new Refusal(413, "body_too_large", "The body is larger than this sandbox takes.");
    if (appId !== undefined && params.appId !== appId)
      throw new Refusal(404, "app_unknown", "There is no such appId here.");
    checkChoices(operation, params);

    const { keys, rest } = takeKeys(read.parsed);
    const presented = {
      authorization: received.headers.authorization,
      keys: [...new URLSearchParams(received.query).getAll("api_key"), ...keys],
    };
    // Without any other credential the key may be in the part of the body that could not be read.
    const cannotTell = read.refusal && presented.authorization === undefined && presented.keys.length === 0;
    if (credentials !== false && !cannotTell) authorize(credentials, presented);
    if (read.refusal) throw read.refusal;

    const payload = checkBody(operation, rest);
    const at = now();
    const { answer, visitor } = await effects[operation.name]({ state, params, at, ...payload });
    if (operation.repeat !== "read") {
      state.ledger.push({
        operation: operation.name,
        ...(visitor && { visitorId: visitor.id }),
        at,
        requestIndex: state.requests.indexOf(record),
      });
    }
    return jsonAnswer(200, answer);
  }

  /** @param {import("./route.ts").Match} match */
  function unrouted({ found, methods }) {
    switch (found) {
      case "encoding":
        return new Refusal(400, "path_broken", "The path is not valid percent-encoding.");
      case "method":
        return new Refusal(405, "method_wrong", `This path takes ${methods.join(" and ")}.`, {
          headers: { allow: [...methods, "OPTIONS"].join(", ") },
        });
      default:
        return new Refusal(404, "path_unknown", `No operation has this path. Paths begin with ${basePath}/{appId}.`);
    }
  }

  return {
    handle,
    basePath,
    state,
    /** @param {import("./faults.ts").Fault} fault */
    fault: (fault) => faults.add(fault, NAMES),
    reset() {
      state.clear();
      faults.clear();
    },
  };
}

/** @typedef {{ parsed: Parsed, refusal?: Refusal }} Read */

/**
 * A body that cannot be read is no reason to stop yet: a fault may come first, and wrong credentials.
 * @param {Operation} operation @param {Received} received @returns {Promise<Read>}
 */
async function readBody({ mediaType = "application/json" }, { bytes, headers }) {
  try {
    return { parsed: await parse(bytes, headers["content-type"], mediaType) };
  } catch (error) {
    if (error instanceof Refusal) return { parsed: {}, refusal: error };
    throw error;
  }
}

/** @param {Operation} operation @param {Record<string, string>} params */
function checkChoices({ choices }, params) {
  for (const [name, allowed] of Object.entries(choices)) {
    if (!allowed.includes(params[name] ?? "")) {
      const message = `must be ${allowed.join(" or ")}`;
      throw new Refusal(400, "path_parameter_wrong", `{${name}} in the path ${message}.`, {
        fields: [{ field: name, message }],
      });
    }
  }
}

/**
 * @param {Operation} operation
 * @param {Parsed} parsed Without credentials.
 * @returns {{ body: import("./contract.ts").Json, file?: File }}
 */
function checkBody(operation, { json, parts = [] }) {
  if (operation.mediaType === undefined) {
    const empty = json === undefined || (isObject(json) && Object.keys(json).length === 0);
    if (!empty) throw new Refusal(400, "body_unexpected", `${operation.name} takes no body.`);
    return { body: {} };
  }
  if (operation.schema === undefined) {
    const [part] = parts;
    if (parts.length !== 1 || part?.name !== "file" || typeof part.value === "string") {
      throw new Refusal(
        400,
        "parts_wrong",
        "The body must have one part: a file with a file name, under the name file.",
      );
    }
    return { body: {}, file: part.value };
  }
  if (json === undefined) throw new Refusal(400, "body_missing", `${operation.name} needs a JSON body.`);
  const fields = problems(operation, json);
  if (fields.length > 0) {
    const listed = fields.map(({ field, message }) => `${field || "the body"} ${message}`).join("; ");
    throw new Refusal(400, "body_wrong", `The body is not as the contract wants it: ${listed}.`, { fields });
  }
  return { body: /** @type {import("./contract.ts").Json} */ (json) };
}

/** @param {() => Promise<Answer>} perform @returns {Promise<Answer>} */
async function attempt(perform) {
  try {
    return await perform();
  } catch (error) {
    if (error instanceof Refusal) return refuse(error);
    throw error;
  }
}

/** @param {Refusal} refusal @returns {Answer} */
function refuse({ status, body, headers }) {
  return jsonAnswer(status, body, headers);
}
