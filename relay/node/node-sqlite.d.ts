// The host's part of `node:sqlite`, which the declarations of Node 20 do not have.
declare module "node:sqlite" {
  type Value = string | number | null;

  export class StatementSync {
    /** The text of this one statement; `prepare` takes the first of several, and says nothing of the rest. */
    readonly sourceSQL: string;
    all(...values: Value[]): Record<string, Value>[];
  }

  export class DatabaseSync {
    constructor(path: string, options?: { timeout?: number; readOnly?: boolean });
    readonly isTransaction: boolean;
    exec(statements: string): void;
    prepare(statement: string): StatementSync;
    close(): void;
  }
}
