// What becomes of the leads in a copy of an outbox.
import type { Row, SqlValue } from "./host.ts";

const REASON = "It comes from a backup, which was made while it waited: it may have been sent since.";

/** Puts into `review` whatever waits or is in flight: another outbox has sent it, or will. */
export const holdForReview = (all: (query: string, ...values: SqlValue[]) => Row[], now: number): void => {
  const [leads] = all("SELECT 1 FROM sqlite_schema WHERE name = 'leads'");
  if (!leads) return;
  all(
    `UPDATE leads SET state = 'review', reason = ?, due_at = NULL, changed_at = ?
     WHERE state IN ('queued', 'sending')`,
    REASON,
    now,
  );
};
