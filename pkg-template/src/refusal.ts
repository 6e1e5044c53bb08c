import { check, type Form } from "./check.ts";

/** The fault in a caller's value. It becomes an error once the caller's stack is gone. */
export interface Refusal {
  code: "validation" | "configuration";
  operation: string | undefined;
  field: string;
  problem: string;
}

/** An argument that does not fit. */
export const invalid = (operation: string, field: string, problem: string): Refusal => ({
  code: "validation",
  operation,
  field,
  problem,
});

/** An option that does not fit, the client's or a call's. */
export const misconfigured = (operation: string | undefined, field: string, problem: string): Refusal => ({
  code: "configuration",
  operation,
  field,
  problem,
});

/** Throws a refusal of a value that does not fit its form: `invalid` or `misconfigured`. */
export const demand = <OperationName extends string | undefined>(
  value: unknown,
  form: Form,
  name: string,
  refusal: (operation: OperationName, field: string, problem: string) => Refusal,
  operation: OperationName,
): void => {
  const misfit = check(value, form, name);
  if (misfit) throw refusal(operation, misfit.field, misfit.problem);
};

/**
 * Reads what a caller gave: `read` throws a refusal where it does not fit. Whatever else it throws is of
 * the caller's making too, such as a stack that is full.
 */
export const readSafely = <Given>(operation: string | undefined, read: () => Given): Given | Refusal => {
  try {
    return read();
  } catch (reason) {
    if (typeof reason === "object" && reason && "problem" in reason) return reason as Refusal;
    const problem = "reading it threw";
    return operation ? invalid(operation, "body", problem) : misconfigured(undefined, "options", problem);
  }
};

export const isRefusal = (read: object): read is Refusal => "problem" in read;
