/**
 * Why the host cannot start, or an outbox cannot be opened:
 *
 * - `in_use`: another process has the data folder;
 * - `not_writable`: the folder, or a file in it, cannot be written;
 * - `damaged`: what is there is not what this relay wrote;
 * - `address`: it cannot listen there;
 * - `misconfigured`: the configuration is not valid.
 */
export type TroubleCode = "in_use" | "not_writable" | "damaged" | "address" | "misconfigured";

/** An error for the relay's owner: its message says what is wrong and what to do, and holds no personal data. */
export class HostTrouble extends Error {
  readonly code: TroubleCode;

  constructor(code: TroubleCode, message: string) {
    super(message);
    this.name = "HostTrouble";
    this.code = code;
  }
}
