// Operations that are passed on: one call, one request, and its outcome is the answer.
import { isBotsplashError } from "botsplash";
import { json } from "./answer.ts";
import { readBody } from "./body.ts";
import { clientOf } from "./client.ts";
import { contentType, formData, readJson } from "./content.ts";
import { Refusal } from "./refusal.ts";

/**
 * @typedef {import("../options.ts").Settings} Settings
 * @typedef {import("./operations.ts").Operation} Operation
 */

/** Carriers take no larger files. */
const MAX_UPLOAD_BYTES = 5 * 1024 * 1024;
/** What a multipart body has around its file. */
const AROUND_UPLOAD_BYTES = 4096;

/**
 * @param {Settings} settings
 * @param {{ operation: Operation, params: Record<string, string> }} target
 * @param {Request} request
 * @returns {Promise<Response>}
 * @throws {Refusal}
 */
export const passOn = async (settings, { operation, params }, request) => {
  const isUpload = operation.body === "file";
  const bytes = await readBody(request, isUpload ? MAX_UPLOAD_BYTES + AROUND_UPLOAD_BYTES : settings.maxBodyBytes);
  await authorize(settings, request, bytes);
  const body = await bodyFor(operation, request, bytes, settings.maxFields);
  try {
    return json(200, await operation.call(clientOf(settings), params, body));
  } catch (error) {
    if (!isBotsplashError(error)) throw error;
    if (error.code !== "validation") {
      const { status, code } = error;
      const message = `An operation that was passed on ended with ${code}.`;
      settings.alert({
        code: "operation_failed",
        message,
        operation: operation.name,
        ...(status !== undefined && { status }),
      });
    }
    return failure(error);
  }
};

/** @param {Settings} settings @param {Request} request @param {Uint8Array<ArrayBuffer>} bytes */
const authorize = async (settings, { url, method, headers }, bytes) => {
  const copy = new Request(url, { method, headers, ...(method !== "GET" && { body: bytes }) });
  const passes = await settings.authorize(copy).catch(() => {
    settings.alert({ code: "authorize_failed", message: "authorize failed; the request was refused." });
    return false;
  });
  if (!passes) throw new Refusal(403, "not_authorized", "This needs the authorization of the relay's owner.");
};

/** @param {Operation} operation @param {Request} request @param {Uint8Array<ArrayBuffer>} bytes @param {number} maxFields */
const bodyFor = async ({ body }, request, bytes, maxFields) => {
  if (body === "none") return undefined;
  const expected = body === "json" ? "application/json" : "multipart/form-data";
  if (contentType(request) !== expected)
    throw new Refusal(415, "content_type_unknown", `The body must be ${expected}.`);
  if (body === "json") return readJson(bytes, maxFields);
  const [[name, file] = [], ...others] = await formData(request, bytes);
  if (name === "file" && file instanceof Blob && others.length === 0) return file;
  throw new Refusal(400, "file_expected", "The body must have one part, a file.", { field: "file" });
};

/**
 * What the client says of it, under a status from which another client, behind the relay, learns the same.
 * @param {import("botsplash").BotsplashError} error
 */
const failure = (error) => {
  const { code, delivery, operation, field, requestId, retryAfterMs } = error;
  // What the API answered stays here, so nobody is led to it.
  const isOfBody = error.hint?.startsWith("See error.body");
  const hint = isOfBody ? undefined : error.hint;
  const message = isOfBody ? error.message.replace(` ${error.hint}.`, "") : error.message;
  const retryAfter = retryAfterMs === undefined ? undefined : String(Math.ceil(retryAfterMs / 1000));
  const body = { code, message, delivery, operation, field, hint, requestId, retryAfterMs, status: error.status };
  return json(statusOf(error), body, { ...(retryAfter !== undefined && { "Retry-After": retryAfter }) });
};

/** @param {import("botsplash").BotsplashError} error @returns {number} */
const statusOf = ({ code, delivery, status = 502, retryAfterMs }) => {
  switch (delivery) {
    case "accepted":
      return 202;
    case "not_sent":
      return code === "validation" ? 422 : 503;
    case "rejected":
      // A 401 asks the caller for credentials; these were the relay's.
      return status === 401 ? 403 : status;
    default:
      if (status === 503 && retryAfterMs !== undefined) return 503;
      return code === "timeout" ? 504 : 502;
  }
};
