// Takes back what the owner did to leads, as long as nothing else has happened to them.
import type { Row, SqlValue, Storage } from "./host.ts";
import { type LeadState, statesThat } from "./states.ts";

/** How the owner moves leads, and where to. */
const MOVES = { resendable: "queued", droppable: "dropped" } as const;

export type Undo = ReturnType<typeof createUndo>;

export const createUndo = ({ sql }: Storage, now: () => number) => {
  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();

  return {
    /** The clock went back: the owner moved them just now, at the latest. */
    clampTo: (time: number): void => void all("UPDATE undo SET at = ? WHERE at > ?", time, time),

    /** Remembers where leads are, before those of them are moved that may be: the others go their way by themselves. */
    remember(ids: readonly string[], move: keyof typeof MOVES): void {
      all(
        `INSERT OR REPLACE INTO undo SELECT id, ?, ?, state, reason, caught_by, held_by FROM leads
         WHERE id IN (SELECT value FROM json_each(?)) AND state IN (SELECT value FROM json_each(?))`,
        ...[now(), MOVES[move], JSON.stringify(ids), JSON.stringify(statesThat(move))],
      );
    },

    /**
     * Moves leads back to where they were. One that would go by itself stays dropped where its person has sent the same
     * again since: they would be texted twice.
     * @returns from where to where, for those that still could be
     */
    take(ids: readonly string[]): { from: LeadState; to: LeadState }[] {
      const found = all(
        `SELECT lead, moved_to, undo.state AS state FROM undo JOIN leads ON id = lead
         WHERE lead IN (SELECT value FROM json_each(?)) AND leads.state = moved_to AND submission IS NOT NULL
           AND NOT (moved_to = 'dropped' AND undo.state IN ('queued', 'held') AND EXISTS (
             SELECT 1 FROM leads AS twin WHERE twin.content = leads.content AND twin.id <> leads.id
               AND twin.received_at >= undo.at AND (twin.maybe_sent = 1 OR twin.state NOT IN ('dropped', 'rejected', 'quarantined'))))`,
        JSON.stringify(ids),
      );
      const leads = JSON.stringify(found.map(({ lead }) => lead));
      all(
        `UPDATE leads SET (state, reason, caught_by, held_by) =
           (SELECT state, reason, caught_by, held_by FROM undo WHERE lead = id), changed_at = ?,
           due_at = CASE (SELECT state FROM undo WHERE lead = id) WHEN 'queued' THEN ? ELSE NULL END
         WHERE id IN (SELECT value FROM json_each(?))`,
        ...[now(), now(), leads],
      );
      all("DELETE FROM undo WHERE lead IN (SELECT value FROM json_each(?))", leads);
      return found.map((row) => ({ from: row["moved_to"] as LeadState, to: row["state"] as LeadState }));
    },
  };
};
