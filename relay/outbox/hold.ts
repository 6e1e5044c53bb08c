// Holds the leads in a copy of an outbox.
import type { Row, SqlValue } from "./host.ts";

const REASON = "The lead comes from a backup, which was made while it waited: the relay may have sent it since.";

/** Puts into `review` whatever waits, is in flight, is being looked up or is held: another outbox has sent it, or will. */
export const holdForReview = (all: (query: string, ...values: SqlValue[]) => Row[], now: number): void => {
  const columns = all("SELECT name FROM pragma_table_info('leads')").map(({ name }) => name);
  if (columns.length === 0) return;
  // An outbox of version 0.1 gets the rest when it is opened.
  const more = columns.includes("maybe_sent") ? ", maybe_sent = 1, waits_for = NULL" : "";
  all(
    `UPDATE leads SET state = 'review', reason = ?, due_at = NULL, changed_at = ?${more}
     WHERE state IN ('queued', 'sending', 'checking', 'held')`,
    REASON,
    now,
  );
};
