// What other processes use instead of the sandbox's properties.
import { jsonAnswer } from "./faults.js";
import { Refusal } from "./refusal.js";

export const CONTROL_PATH = "/_sandbox/";

/**
 * @param {import("./sandbox.js").Sandbox} sandbox
 * @param {import("./core.js").Received} received
 * @returns {import("./faults.js").Answer}
 */
export function control(sandbox, { method, path, bytes }) {
  switch (`${method} ${path.slice(CONTROL_PATH.length)}`) {
    case "GET ledger":
      return jsonAnswer(200, sandbox.ledger);
    case "GET requests":
      return jsonAnswer(200, sandbox.requests);
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
      const message = "Known here: GET ledger, requests, texts, state; POST reset, fault.";
      return jsonAnswer(404, new Refusal(404, "control_unknown", message).body);
    }
  }
}

/** @param {import("./sandbox.js").Sandbox} sandbox */
function state({ visitors, submissions, messages, sequences, actions, meetings, phoneStatuses, uploads }) {
  const withoutBytes = uploads.map(({ bytes, ...upload }) => upload);
  return { visitors, submissions, messages, sequences, actions, meetings, phoneStatuses, uploads: withoutBytes };
}

/** @param {import("./sandbox.js").Sandbox} sandbox @param {Uint8Array} bytes */
function addFault(sandbox, bytes) {
  try {
    const fault = JSON.parse(new TextDecoder().decode(bytes));
    // What JSON makes of Infinity.
    sandbox.fault(fault?.times === null ? { ...fault, times: Infinity } : fault);
    return jsonAnswer(200, { success: true });
  } catch (error) {
    const message = error instanceof TypeError ? error.message : "The body is not valid JSON.";
    return jsonAnswer(400, new Refusal(400, "fault_wrong", message).body);
  }
}
