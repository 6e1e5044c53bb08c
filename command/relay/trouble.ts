import { HostTrouble, type TroubleCode } from "../../relay/node/trouble.ts";
import { Failure } from "../failure.ts";

/** As sysexits.h has them, which systemd shows by name. */
export const STATUSES: Readonly<Record<TroubleCode, number>> = {
  damaged: 65,
  address: 69,
  not_writable: 73,
  in_use: 75,
  misconfigured: 78,
};

/** Turns what the host says into what the command says. */
export async function explained<Value>(action: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof HostTrouble) throw new Failure(error.message, { status: STATUSES[error.code] });
    throw error;
  }
}
