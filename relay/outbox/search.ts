// The leads that the owner looks for, the newest first.
import { digitsOf } from "../phone.ts";
import type { Row, SqlValue, Storage } from "./host.ts";
import { viewOf } from "./rows.ts";
import type { LeadPage, LeadSearch } from "./types.ts";

const PAGE = 100;

export const createSearch = ({ sql }: Storage) => {
  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();

  return ({ state, before, text, from, to, via, guard, limit = PAGE }: LeadSearch): LeadPage => {
    const size = Math.max(1, Math.min(limit, PAGE));
    const where: string[] = ["1"];
    const values: SqlValue[] = [];
    const also = (condition: string, ...given: SqlValue[]) => {
      where.push(condition);
      values.push(...given);
    };
    if (state) also("state = ?", state);
    if (before) also("id < ?", before);
    if (from !== undefined) also("received_at >= ?", from);
    if (to !== undefined) also("received_at < ?", to);
    if (via) also("via = ?", via);
    if (guard) also("(caught_by = ? OR held_by = ?)", guard, guard);
    for (const word of (text ?? "").trim().split(/\s+/).filter(Boolean).slice(0, 8)) {
      also("(submission LIKE ? ESCAPE '\\' OR id = ?)", `%${likely(word)}%`, word);
    }
    const leads = all(
      `SELECT * FROM leads WHERE ${where.join(" AND ")} ORDER BY id DESC LIMIT CAST(? AS INTEGER)`,
      ...values,
      size,
    ).map(viewOf);
    const last = leads[size - 1];
    return { leads, ...(last && { next: last.id }) };
  };
};

/** A phone number is kept as its digits, however it is looked for. */
const likely = (word: string): string => {
  const isNumber = /^[+(\d][\d().-]{3,}$/.test(word);
  return (isNumber ? digitsOf(word) : JSON.stringify(word).slice(1, -1)).replace(/[\\%_]/g, "\\$&");
};
