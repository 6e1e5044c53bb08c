// A line of JSON for each event. Nothing that anybody has posted is ever in one.

export type Level = "info" | "warning" | "error";

export type Log = (level: Level, event: string, details?: Readonly<Record<string, unknown>>) => void;

/** @param write takes a line, such as one to standard output */
export const createLog =
  (write: (line: string) => void): Log =>
  (level, event, details = {}) =>
    write(JSON.stringify({ time: new Date().toISOString(), level, event, ...details }));
