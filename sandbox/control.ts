// The sandbox's properties for other processes, over HTTP.
import type { Received } from "./core.ts";
import { type Answer, type Fault, jsonAnswer } from "./faults.ts";
import { Refusal } from "./refusal.ts";
import type { Sandbox } from "./sandbox.ts";
import type { RequestRecord } from "./types.ts";

export const CONTROL_PATH = "/_sandbox/";
const REDACTED = "[redacted]";

/**
 * No page of another origin has a part in this. Such a page may not read what people sent, hence no
 * CORS headers, and may not reset the sandbox or ask for faults blindly.
 */
export function control(sandbox: Sandbox, { method, path, headers, bytes }: Received): Answer {
  if (isForeign(headers)) {
    const message = "Pages of other origins have no access to this.";
    return jsonAnswer(403, new Refusal(403, "origin_foreign", message).body);
  }
  switch (`${method} ${path.slice(CONTROL_PATH.length)}`) {
    case "GET ledger":
      return jsonAnswer(200, sandbox.ledger);
    case "GET requests":
      return jsonAnswer(200, sandbox.requests.map(withoutSecrets));
    case "GET texts":
      return jsonAnswer(200, sandbox.texts);
    case "GET state":
      return jsonAnswer(200, state(sandbox));
    case "POST reset":
      sandbox.reset();
      return jsonAnswer(200, { success: true });
    case "POST fault":
      return addFault(sandbox, bytes);
    default: {
      const message = "This control takes GET ledger, requests, texts, state; POST reset, fault.";
      return jsonAnswer(404, new Refusal(404, "control_unknown", message).body);
    }
  }
}

/** Programs that are not browsers name no origin. */
function isForeign({ origin, host }: Readonly<Record<string, string>>): boolean {
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
}

/** A request as it arrived, without its credentials: an onlooker does not need them. */
function withoutSecrets({ headers, query, body, ...record }: RequestRecord): RequestRecord {
  const authorization = headers.authorization?.replace(/^(Basic )?.*$/is, `$1${REDACTED}`);
  return {
    ...record,
    headers: { ...headers, ...(authorization !== undefined && { authorization }) },
    query: query.replace(/(?<=(^|&)api_key=)[^&]*/g, REDACTED),
    body: typeof body === "string" ? body.replace(/(?<="api_key"\s*:\s*)"(\\.|[^"\\])*"/g, `"${REDACTED}"`) : body,
  };
}

function state(sandbox: Sandbox): object {
  const { visitors, submissions, messages, sequences, actions, meetings, phoneStatuses, uploads } = sandbox;
  const withoutBytes = uploads.map(({ bytes, ...upload }) => upload);
  return { visitors, submissions, messages, sequences, actions, meetings, phoneStatuses, uploads: withoutBytes };
}

function addFault(sandbox: Sandbox, bytes: Uint8Array): Answer {
  try {
    const fault = JSON.parse(new TextDecoder().decode(bytes)) as
      | (Omit<Fault, "times"> & { times?: number | null })
      | null;
    // JSON turns Infinity into null.
    sandbox.fault((fault?.times === null ? { ...fault, times: Infinity } : fault) as Fault);
    return jsonAnswer(200, { success: true });
  } catch (error) {
    const message = error instanceof TypeError ? error.message : "The body is not valid JSON.";
    return jsonAnswer(400, new Refusal(400, "fault_wrong", message).body);
  }
}
