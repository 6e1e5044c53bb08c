// The phone numbers to which leads went lately: a stranger may type one person's number again and again.
import type { ListenerSubmit } from "botsplash";
import { digitsOf } from "../phone.ts";
import type { Row, SqlValue, Storage } from "./host.ts";

const DAY_MS = 86_400_000;

/** A lead that goes, or went. */
export interface Texting {
  id: string;
  parsed: ListenerSubmit;
}

export type Numbers = ReturnType<typeof createNumbers>;

export const createNumbers = ({ sql }: Pick<Storage, "sql">) => {
  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();
  const numberOf = ({ visitor }: ListenerSubmit): string => digitsOf(visitor.phoneNumber ?? "");

  return {
    /**
     * How many other leads went to this lead's number in the last 24 hours, or may have gone.
     * @param going those that go with it
     */
    count({ id, parsed }: Texting, going: readonly Texting[], now: number): number {
      const number = numberOf(parsed);
      if (number === "") return 0;
      const [row] = all(
        "SELECT count(*) AS count FROM texted WHERE number = ? AND at > ? AND at <= ? AND lead <> ?",
        ...[number, now - DAY_MS, now, id],
      );
      return Number(row?.["count"] ?? 0) + going.filter((other) => numberOf(other.parsed) === number).length;
    },

    /** They go now. */
    add(leads: readonly Texting[], now: number): void {
      for (const { id, parsed } of leads) {
        const number = numberOf(parsed);
        if (number !== "") all("INSERT OR REPLACE INTO texted VALUES (?, ?, ?)", id, number, now);
      }
    },

    /** It turned out that nothing was done. */
    takeBack: (id: string): void => void all("DELETE FROM texted WHERE lead = ?", id),

    /** Those of which nobody asks any more. */
    forget: (now: number): void => void all("DELETE FROM texted WHERE at <= ? OR at > ?", now - DAY_MS, now + DAY_MS),
  };
};
