export interface FailureDetails {
  /** The exit status, 2 unless given. */
  readonly status?: number;
  /** A second line: how to go on. */
  readonly hint?: string;
}

/** Thrown by a command that cannot go on. People read the message; the exit status says which kind it was. */
export class Failure extends Error {
  readonly status: number;
  readonly hint: string | undefined;

  constructor(message: string, { status = 2, hint }: FailureDetails = {}) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}
