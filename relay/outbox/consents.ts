// The proof that a person agreed to be texted. Each record is linked to the one before it by digests. `digest` is that
// of salt and record, `head` that of the head before and the digest. A record that is erased leaves its digest, so the
// chain holds. A record that is changed shows, and so does a head that was given out and differs.
import type { Runtime } from "../runtime.ts";
import type { Write } from "./batch.ts";
import { hash } from "./hash.ts";
import type { Row, SqlValue, Storage } from "./host.ts";

/** Somebody's consent, as it was given. */
export interface Consent {
  /** When, in milliseconds since 1970. */
  at: number;
  /** The address of the page, as far as the browser tells it. */
  page?: string;
  /** The version of the form: its name in the listener's `texts`, or the one that the form gave. */
  version?: string;
  /** The words shown. */
  words: string;
  /** The field that was ticked. */
  box: string;
  phoneNumber?: string;
  email?: string;
  /** The visitor's IP address, where the owner has it kept. */
  address?: string;
  /** The visitor's browser, where the owner has it kept. */
  browser?: string;
}

/** A record for the outbox, before the outbox has it. */
export interface SealedConsent {
  salt: string;
  /** A `Consent` as JSON. */
  record: string;
  digest: string;
}

/** A line of an export. */
export interface ConsentLine {
  seq: number;
  /** The id of the lead. */
  lead: string;
  at: number;
  /** SHA-256 in base64 of `salt` and `record`, as one text. */
  digest: string;
  /** SHA-256 in base64 of the head before and `digest`, as one text; the first has no head before. */
  head: string;
  /** Absent once it is erased. */
  salt?: string;
  /** The exact text of the record. Absent once it is erased. */
  record?: string;
}

/** The end of the chain at a moment. */
export interface ConsentHead {
  records: number;
  head: string;
}

/** Makes a record that can be erased without breaking the chain. */
export const seal = async (
  consent: Consent,
  runtime: Pick<Runtime, "digest" | "randomBytes">,
): Promise<SealedConsent> => {
  const salt = Array.from(runtime.randomBytes(16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const record = JSON.stringify(consent);
  return { salt, record, digest: await hash(salt + record, runtime) };
};

export type Consents = ReturnType<typeof createConsents>;

export const createConsents = ({ sql }: Storage, runtime: Pick<Runtime, "digest">) => {
  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();
  /** From the last linked one on: those before it may be years of records. */
  const unlinked = () =>
    all(
      `SELECT seq, digest FROM consents
       WHERE seq > coalesce((SELECT seq FROM consents WHERE head IS NOT NULL ORDER BY seq DESC LIMIT 1), 0)
       ORDER BY seq LIMIT 100`,
    );
  const lastHead = (): string =>
    String(all("SELECT head FROM consents WHERE head IS NOT NULL ORDER BY seq DESC LIMIT 1")[0]?.["head"] ?? "");
  let linking: Promise<void> | undefined;

  const link = async (write: Write): Promise<void> => {
    for (let rows = unlinked(); rows.length > 0; rows = unlinked()) {
      let head = lastHead();
      const heads: [number, string][] = [];
      for (const { seq, digest } of rows) {
        head = await hash(head + String(digest), runtime);
        heads.push([Number(seq), head]);
      }
      await write(() => {
        for (const [seq, linked] of heads) all("UPDATE consents SET head = ? WHERE seq = ?", linked, seq);
      });
    }
  };

  return {
    add(lead: string, { salt, record, digest }: SealedConsent, now: number): void {
      all(
        "INSERT INTO consents (lead, at, digest, salt, record) VALUES (?, ?, ?, ?, ?)",
        ...[lead, now, digest, salt, record],
      );
    },

    /** Links the records that are not yet: their digests take time, so this comes after they were written. */
    link(write: Write): Promise<void> {
      linking ??= link(write).finally(() => {
        linking = undefined;
      });
      return linking;
    },

    head(): ConsentHead | undefined {
      const [row] = all("SELECT count(*) AS count FROM consents WHERE head IS NOT NULL");
      const records = Number(row?.["count"]);
      return records > 0 ? { records, head: lastHead() } : undefined;
    },

    /** The records after a place in the chain, the oldest first. */
    list: (after: number, limit: number): ConsentLine[] =>
      all("SELECT * FROM consents WHERE seq > ? AND head IS NOT NULL ORDER BY seq LIMIT ?", after, limit).map(lineOf),

    allOf: (lead: string): ConsentLine[] =>
      all("SELECT * FROM consents WHERE lead = ? AND record IS NOT NULL ORDER BY seq", lead).map(lineOf),

    of: (lead: string): ConsentLine | undefined =>
      all("SELECT * FROM consents WHERE lead = ? ORDER BY seq DESC LIMIT 1", lead).map(lineOf)[0],

    /** Takes the record and its salt away, and leaves the digest. */
    eraseOf(leads: readonly string[]): void {
      all(
        "UPDATE consents SET salt = NULL, record = NULL WHERE lead IN (SELECT value FROM json_each(?))",
        JSON.stringify(leads),
      );
    },

    /** When the oldest record that is still there was made. */
    oldest(): number | undefined {
      const [row] = all("SELECT min(at) AS at FROM consents WHERE record IS NOT NULL");
      return typeof row?.["at"] === "number" ? row["at"] : undefined;
    },

    eraseBefore(at: number): void {
      all("UPDATE consents SET salt = NULL, record = NULL WHERE at < ? AND record IS NOT NULL", at);
    },
  };
};

const lineOf = (row: Row): ConsentLine => ({
  seq: Number(row["seq"]),
  lead: String(row["lead"]),
  at: Number(row["at"]),
  digest: String(row["digest"]),
  head: String(row["head"] ?? ""),
  ...(row["salt"] !== null && { salt: String(row["salt"]), record: String(row["record"]) }),
});
