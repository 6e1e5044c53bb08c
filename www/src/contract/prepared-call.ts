import type { Botsplash, CallOptions } from "botsplash";
import type { Operation } from "./operations.ts";

/** A call as it is going to be made, or written down as code. */
export interface PreparedCall {
  operation: Operation;
  /** By placeholder. */
  values: Record<string, string>;
  body?: unknown;
  /** Missing until one is chosen. */
  file?: File | undefined;
}

/** The one visitor that a path means: `{ clientVisitorId: "12345" }`. */
export const whoOf = ({ values }: PreparedCall): Record<string, string> | undefined =>
  values.idType === undefined ? undefined : { [values.idType]: values.idValue ?? "" };

/** The ids that the path wants beside the visitor. */
export const idsOf = ({ operation, values }: PreparedCall) =>
  operation.values
    .filter(({ placeholder }) => placeholder !== "idType" && placeholder !== "idValue")
    .map(({ placeholder, field }) => ({ field, value: values[placeholder] ?? "" }));

/** The arguments of the client's method before its options. */
export const argumentsOf = (call: PreparedCall): unknown[] => {
  const { operation, body, file } = call;
  const who = whoOf(call);
  return [
    ...(who ? [who] : []),
    ...idsOf(call).map(({ value }) => value),
    ...(operation.body ? [body] : []),
    ...(operation.file ? [file] : []),
  ];
};

/** Makes the call. The client refuses arguments that do not fit, and the page shows how. */
export const makeCall = (client: Botsplash, call: PreparedCall, options: CallOptions): Promise<unknown> => {
  const methods = client as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  return methods[call.operation.name]!(...argumentsOf(call), options);
};
