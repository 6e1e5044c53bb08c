// The outbox's needs of Durable Objects, which another host must meet. Types only: it loads where there are none.

export type SqlValue = string | number | null;

export type Row = Record<string, SqlValue>;

export interface Storage {
  sql: {
    /** Runs at once, and may hold several statements; then no values are given. */
    exec(query: string, ...values: SqlValue[]): { toArray(): Row[] };
  };
  /** All that `action` writes, or, where it throws, nothing. */
  transactionSync<T>(action: () => T): T;
  /** Resolves when all that was written so far is durable. A commit that fails rejects. */
  sync(): Promise<void>;
  /** Calls the object's `alarm` at this time, in milliseconds since 1970; a later call replaces an earlier one. */
  setAlarm(at: number): Promise<void>;
}

export interface ObjectContext {
  storage: Storage;
  /**
   * Ends the object, whose commit has failed: the host makes it anew from the disk. A host that does so by itself, when a
   * commit fails, need not have it.
   */
  abort?(reason?: string): void;
  /** Keeps the object alive until it is done. */
  waitUntil?(promise: Promise<unknown>): void;
}

/** The binding of a Durable Object class. */
export interface ObjectNamespace {
  idFromName(name: string): object;
  // biome-ignore lint/suspicious/noExplicitAny: a platform's own id, handed back to it
  get(id: any): { fetch(url: string, init?: RequestInit): Promise<Response> };
}
