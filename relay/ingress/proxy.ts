// Operations that the relay passes on: one call, one request, and its outcome is the response.
import { type BotsplashError, isBotsplashError } from "botsplash";
import type { Operation } from "../operations.ts";
import type { Settings } from "../options.ts";
import { clientOf } from "./api-client.ts";
import { readBody } from "./body.ts";
import { contentType, formData, readJson } from "./content.ts";
import { limitRate } from "./rate-limit.ts";
import { Refusal } from "./refusal.ts";
import { json } from "./respond.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Carriers take no larger files. */
const MAX_UPLOAD_BYTES = 5 * 1024 * 1024;
/** The bytes of a multipart body around its file. */
const AROUND_UPLOAD_BYTES = 4096;

/** @throws {Refusal} */
export const proxy = async (
  settings: Settings,
  { operation, params }: { operation: Operation; params: Record<string, string> },
  request: Request,
): Promise<Response> => {
  const isUpload = operation.body === "file";
  const maxBytes = isUpload ? MAX_UPLOAD_BYTES + AROUND_UPLOAD_BYTES : settings.maxBodyBytes;
  let bytes: Promise<Bytes> | undefined;
  const read = () => (bytes ??= readBody(request, maxBytes));
  await authorize(settings, request, operation.name, read);
  const body = await bodyFor(operation, request, await read(), settings.maxFields);
  try {
    return json(200, await operation.call(clientOf(settings), params, body));
  } catch (error) {
    if (!isBotsplashError(error)) throw error;
    if (error.code !== "validation") {
      const { httpStatus: status, code } = error;
      settings.report({
        code: "operation_failed",
        message: `An operation that was passed on ended with ${code}.`,
        operation: operation.name,
        ...(status !== undefined && { status }),
      });
    }
    return failure(error);
  }
};

/** The owner's function is given a copy, whose body nobody reads before the function does. */
const authorize = async (
  settings: Settings,
  request: Request,
  place: string,
  read: () => Promise<Bytes>,
): Promise<void> => {
  const { url, method, headers } = request;
  const copy = new Request(url, { method, headers, ...(method !== "GET" && { body: lazy(read), duplex: "half" }) });
  let tooMuch: unknown;
  const passes = await settings.authorize(copy).catch((error: unknown) => {
    if (error instanceof Refusal) tooMuch = error;
    else settings.report({ code: "authorize_failed", message: "authorize failed; the request was refused." });
    return false;
  });
  if (passes) return;
  // A guesser has a few tries.
  await limitRate(settings, request, place);
  throw (
    tooMuch ?? new Refusal(403, "not_authorized", { detail: "The owner's function authorize refused the request." })
  );
};

const lazy = (read: () => Promise<Bytes>) =>
  new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await read();
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );

const bodyFor = async ({ body }: Operation, request: Request, bytes: Bytes, maxFields: number): Promise<unknown> => {
  if (body === "none") return undefined;
  const expected = body === "json" ? "application/json" : "multipart/form-data";
  if (contentType(request) !== expected) {
    throw new Refusal(415, "content_type_unknown", { detail: `The body must be ${expected}.` });
  }
  if (body === "json") return readJson(bytes, maxFields);
  const [[name, file] = [], ...others] = await formData(request, bytes);
  if (name === "file" && file instanceof File && others.length === 0) return plainlyNamed(file);
  throw new Refusal(400, "file_expected", { field: "file", detail: "The body must have one part, a file." });
};

/** A quotation mark, a backslash or a line's end in its name would end the header that carries the name. */
const plainlyNamed = (file: File): File => {
  const name = file.name.replace(/["\\\p{Cc}]/gu, "_");
  return name === file.name ? file : new File([file], name, { type: file.type });
};

/** The client's words about the failure, under a status from which the relay's own caller learns the same. */
const failure = (error: BotsplashError): Response => {
  const { code, delivery, operation, field, requestId, retryAfterMs, httpStatus, summary, hint } = error;
  const headers: Record<string, string> =
    retryAfterMs === undefined ? {} : { "Retry-After": String(Math.ceil(retryAfterMs / 1000)) };
  // Where the API has answered, the hint is for the relay's owner.
  const words = httpStatus === undefined ? { message: error.message, hint } : { message: summary };
  const body = { code, delivery, operation, field, requestId, retryAfterMs, httpStatus, ...words };
  return json(statusOf(error), body, headers);
};

const statusOf = ({ code, delivery, httpStatus: status = 502, retryAfterMs }: BotsplashError): number => {
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
