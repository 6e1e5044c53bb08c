// Everything that an outbox has of one person.
import type { ListenerSubmit } from "botsplash";
import { digitsOf } from "../phone.ts";
import type { Consents } from "./consents.ts";
import type { Row, SqlValue, Storage } from "./host.ts";
import { viewOf } from "./rows.ts";
import type { LeadState } from "./states.ts";
import type { PersonFile, PersonQuery } from "./types.ts";

const PAGE = 500;

export const createPeople = ({ sql }: Storage, consents: Consents, now: () => number) => {
  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();

  const isMeant = ({ phoneNumber, email }: PersonQuery) => {
    const digits = phoneNumber === undefined ? "" : digitsOf(phoneNumber);
    const address = email?.trim().toLowerCase() ?? "";
    return (who: { phoneNumber?: string | null; email?: string | null }): boolean =>
      (digits !== "" && digitsOf(who.phoneNumber ?? "") === digits) ||
      (address !== "" && (who.email ?? "").trim().toLowerCase() === address);
  };

  /** A page at a time, since there may be many. */
  const leadsOf = (who: PersonQuery): { id: string; state: LeadState }[] => {
    const matches = isMeant(who);
    const found: { id: string; state: LeadState }[] = [];
    for (let after = ""; ; ) {
      const rows = all("SELECT id, state, submission FROM leads WHERE id > ? ORDER BY id LIMIT ?", after, PAGE);
      for (const { id, state, submission } of rows) {
        const { visitor } = JSON.parse(String(submission ?? "null") || "null") ?? ({ visitor: {} } as ListenerSubmit);
        if (matches(visitor)) found.push({ id: String(id), state: state as LeadState });
      }
      if (rows.length < PAGE) return found;
      after = String(rows.at(-1)?.["id"]);
    }
  };

  /** Consents outlive the contents of their leads. */
  const consentsOf = (who: PersonQuery): string[] => {
    const matches = isMeant(who);
    const found = all("SELECT lead, record FROM consents WHERE record IS NOT NULL")
      .filter(({ record }) => matches(JSON.parse(String(record))))
      .map(({ lead }) => String(lead));
    return [...new Set(found)];
  };

  return {
    isMeant,

    /** All leads of a person, the oldest first, and all proofs of their consent. */
    find(who: PersonQuery): PersonFile {
      const ids = JSON.stringify(leadsOf(who).map(({ id }) => id));
      const leads = all("SELECT * FROM leads WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", ids);
      return { leads: leads.map(viewOf), consents: consentsOf(who).flatMap((lead) => consents.allOf(lead)) };
    },

    /**
     * Erases a person. Leads that wait to be sent are given up; one in flight cannot be called back. Of each lead a row
     * without contents stays, and of each consent its digest.
     * @returns the states that the leads were in
     */
    erase(who: PersonQuery): LeadState[] {
      const leads = leadsOf(who);
      const ids = JSON.stringify(leads.map(({ id }) => id));
      consents.eraseOf([...leads.map(({ id }) => id), ...consentsOf(who)]);
      all("DELETE FROM keys WHERE lead IN (SELECT value FROM json_each(?))", ids);
      all("DELETE FROM undo WHERE lead IN (SELECT value FROM json_each(?))", ids);
      all(
        "DELETE FROM texted WHERE lead IN (SELECT value FROM json_each(?)) OR number = ?",
        ids,
        digitsOf(who.phoneNumber ?? ""),
      );
      all(
        `UPDATE leads SET submission = NULL, notes = NULL, content = '', request_id = NULL
         WHERE id IN (SELECT value FROM json_each(?))`,
        ids,
      );
      all(
        `UPDATE leads SET state = 'dropped', reason = 'Its person was erased.', due_at = NULL, changed_at = ?
         WHERE id IN (SELECT value FROM json_each(?)) AND state NOT IN ('sending', 'delivered')`,
        now(),
        ids,
      );
      return leads.map(({ state }) => state).filter((state) => state !== "sending" && state !== "delivered");
    },
  };
};
