// Operations that the relay passes on: one call, one request, and its outcome is the response.
import { type BotsplashError, isBotsplashError } from "botsplash";
import type { Settings } from "../options.ts";
import { clientOf } from "./api-client.ts";
import { readBody } from "./body.ts";
import { contentType, formData, readJson } from "./content.ts";
import type { Operation } from "./operations.ts";
import { Refusal } from "./refusal.ts";
import { json } from "./respond.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Carriers take no larger files. */
const MAX_UPLOAD_BYTES = 5 * 1024 * 1024;
/** What a multipart body has around its file. */
const AROUND_UPLOAD_BYTES = 4096;

/** @throws {Refusal} */
export const proxy = async (
  settings: Settings,
  { operation, params }: { operation: Operation; params: Record<string, string> },
  request: Request,
): Promise<Response> => {
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
      settings.alert({
        code: "operation_failed",
        message: `An operation that was passed on ended with ${code}.`,
        operation: operation.name,
        ...(status !== undefined && { status }),
      });
    }
    return failure(error);
  }
};

const authorize = async (settings: Settings, { url, method, headers }: Request, bytes: Bytes): Promise<void> => {
  const copy = new Request(url, { method, headers, ...(method !== "GET" && { body: bytes }) });
  const passes = await settings.authorize(copy).catch(() => {
    settings.alert({ code: "authorize_failed", message: "authorize failed; the request was refused." });
    return false;
  });
  if (!passes) throw new Refusal(403, "not_authorized", "This needs the authorization of the relay's owner.");
};

const bodyFor = async ({ body }: Operation, request: Request, bytes: Bytes, maxFields: number): Promise<unknown> => {
  if (body === "none") return undefined;
  const expected = body === "json" ? "application/json" : "multipart/form-data";
  if (contentType(request) !== expected) {
    throw new Refusal(415, "content_type_unknown", `The body must be ${expected}.`);
  }
  if (body === "json") return readJson(bytes, maxFields);
  const [[name, file] = [], ...others] = await formData(request, bytes);
  if (name === "file" && file instanceof Blob && others.length === 0) return file;
  throw new Refusal(400, "file_expected", "The body must have one part, a file.", { field: "file" });
};

/** What the client says of it, under a status from which another client, behind the relay, learns the same. */
const failure = (error: BotsplashError): Response => {
  const { code, delivery, operation, field, requestId, retryAfterMs, status } = error;
  const headers: Record<string, string> =
    retryAfterMs === undefined ? {} : { "Retry-After": String(Math.ceil(retryAfterMs / 1000)) };
  const body = { code, delivery, operation, field, requestId, retryAfterMs, status, ...wordsOf(error) };
  return json(statusOf(error), body, headers);
};

/** The API's response stays here, so nobody is led to it. */
const wordsOf = ({ message, hint }: BotsplashError) =>
  hint?.startsWith("See error.body") ? { message: message.replace(` ${hint}.`, "") } : { message, hint };

const statusOf = ({ code, delivery, status = 502, retryAfterMs }: BotsplashError): number => {
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
