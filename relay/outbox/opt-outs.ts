// The numbers that must not be texted. The coordinator has the list; each outbox has a copy, which it asks at every send.
import type { ListenerSubmit } from "botsplash";
import { digitsOf } from "../phone.ts";
import type { Row, SqlValue, Storage } from "./host.ts";

/** A number's entry; a number that was taken off the list keeps one that says so. */
export interface OptOut {
  number: string;
  /** When it was put on the list or taken off, in milliseconds since 1970. */
  at: number;
  isOut: boolean;
  /** Grows with every change of the list. */
  version: number;
}

export type OptOuts = ReturnType<typeof createOptOuts>;

export const createOptOuts = ({ sql }: Storage, now: () => number) => {
  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();
  const version = (): number => Number(all("SELECT max(version) AS version FROM opt_outs")[0]?.["version"] ?? 0);
  const put = ({ number, at, isOut, version }: OptOut): void => {
    all("INSERT OR REPLACE INTO opt_outs VALUES (?, ?, ?, ?)", number, at, isOut ? 1 : 0, version);
  };
  let count = Number(all("SELECT count(*) AS count FROM opt_outs WHERE is_out = 1")[0]?.["count"] ?? 0);
  const recount = () => {
    count = Number(all("SELECT count(*) AS count FROM opt_outs WHERE is_out = 1")[0]?.["count"] ?? 0);
  };

  const synced = (): Row | undefined => all("SELECT value FROM facts WHERE name = 'opt_outs'")[0];
  let isStale = synced() === undefined;

  return {
    version,
    /** Up to which version this copy is whole: single entries may have come out of their order. */
    syncedTo: (): number => Number(synced()?.["value"] ?? 0),
    /** Whether this copy may lack entries. */
    isStale: (): boolean => isStale,
    setSynced(to: number): void {
      all("INSERT OR REPLACE INTO facts VALUES ('opt_outs', ?)", String(to));
      isStale = false;
    },
    /** The list has this version. */
    look(version: number): void {
      isStale ||= version > Number(synced()?.["value"] ?? 0);
    },
    /** Puts a number on the list or takes it off. @returns what the copies are to be told */
    change({ number, isOut }: { number: string; isOut: boolean }): OptOut {
      const entry: OptOut = { number: digitsOf(number), at: now(), isOut, version: version() + 1 };
      put(entry);
      recount();
      return entry;
    },
    /** Takes over what another list says. */
    copy(entries: OptOut[]): void {
      for (const entry of entries) put(entry);
      recount();
    },
    /** The changes since a version. */
    since: (version: number): OptOut[] =>
      all("SELECT * FROM opt_outs WHERE version > ? ORDER BY version LIMIT 5000", version).map((row) => ({
        number: String(row["number"]),
        at: Number(row["at"]),
        isOut: row["is_out"] === 1,
        version: Number(row["version"]),
      })),
    /** Whether this lead's person must not be texted. */
    has({ visitor }: ListenerSubmit): boolean {
      if (count === 0 || !visitor.phoneNumber) return false;
      const digits = digitsOf(visitor.phoneNumber);
      return all("SELECT 1 FROM opt_outs WHERE number = ? AND is_out = 1", digits).length > 0;
    },
  };
};
