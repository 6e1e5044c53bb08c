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
  /** None where the person was erased. */
  const numberOf = (submission: ListenerSubmit | null): string => digitsOf(submission?.visitor.phoneNumber ?? "");

  return {
    /**
     * Tells for each of these leads how many others went to its number in the last 24 hours, or may have gone.
     * @returns `going`: those that go with the lead
     */
    lately(leads: readonly Texting[], now: number): (lead: Texting, going: readonly Texting[]) => number {
      const numbers = [...new Set(leads.map(({ parsed }) => numberOf(parsed)))];
      const rows = all(
        `SELECT number, lead FROM texted WHERE number IN (${numbers.map(() => "?")}) AND at > ?`,
        ...[...numbers, now - DAY_MS],
      );
      return ({ id, parsed }, going) => {
        const number = numberOf(parsed);
        const others = [
          ...rows.filter((row) => row["number"] === number && row["lead"] !== id),
          ...going.filter((other) => numberOf(other.parsed) === number),
        ];
        return number === "" ? 0 : others.length;
      };
    },

    /** They go now. */
    add(leads: readonly Texting[], now: number): void {
      const rows = leads.map(({ id, parsed }) => [id, numberOf(parsed), now]).filter(([, number]) => number !== "");
      if (rows.length === 0) return;
      all(`INSERT OR REPLACE INTO texted VALUES ${rows.map(() => "(?, ?, ?)")}`, ...rows.flat());
    },

    /** It turned out that nothing was done. */
    takeBack: (id: string): void => void all("DELETE FROM texted WHERE lead = ?", id),

    /** Those of which nobody asks any more. */
    forget: (now: number): void => void all("DELETE FROM texted WHERE at <= ?", now - DAY_MS),

    /** The clock went back: they went just now, at the latest. */
    clampTo: (now: number): void => void all("UPDATE texted SET at = ? WHERE at > ?", now, now),
  };
};
