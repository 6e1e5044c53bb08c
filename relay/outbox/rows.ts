// From the columns of a lead to what the relay makes of them.
import type { Row } from "./host.ts";
import type { LeadState } from "./states.ts";
import type { Guard, Hold, LeadView } from "./types.ts";

const numberOrNull = (value: Row[string] | undefined): number | null => (typeof value === "number" ? value : null);

/** A lead that another one may be equal to. */
export interface Twin {
  id: string;
  state: LeadState;
  content: string;
  caughtBy: string | null;
  heldBy: string | null;
  maybeSent: boolean;
  /** Its contents are gone: it can no longer be sent. */
  isErased: boolean;
}

export const TWIN_COLUMNS = "id, state, content, caught_by, held_by, maybe_sent, submission IS NULL AS is_erased";

export const twinOf = (row: Row): Twin => ({
  id: String(row["id"]),
  state: row["state"] as LeadState,
  content: String(row["content"]),
  caughtBy: row["caught_by"] === null ? null : String(row["caught_by"]),
  heldBy: row["held_by"] === null ? null : String(row["held_by"]),
  maybeSent: row["maybe_sent"] === 1,
  isErased: row["is_erased"] === 1,
});

/** A lead that may be sent, or was. */
export interface Candidate {
  id: string;
  submission: string;
  /** Attempts of which nobody can tell, in all. */
  doubts: number;
  failures: number;
  waitsSince: number;
  anyHour: boolean;
  maybeSent: boolean;
  /** Its owner had it sent. */
  byOwner: boolean;
  refusedAt: number | null;
  visitorId: string | null;
}

export const CANDIDATE_COLUMNS =
  "id, submission, doubts, failures, waits_since, any_hour, maybe_sent, by_owner, refused_at, visitor_id, checks";

export const candidateOf = (row: Row): Candidate => ({
  id: String(row["id"]),
  submission: String(row["submission"]),
  doubts: Number(row["doubts"]),
  failures: Number(row["failures"]),
  waitsSince: Number(row["waits_since"]),
  anyHour: row["any_hour"] === 1,
  maybeSent: row["maybe_sent"] === 1,
  byOwner: row["by_owner"] === 1,
  refusedAt: numberOrNull(row["refused_at"]),
  visitorId: row["visitor_id"] === null ? null : String(row["visitor_id"]),
});

/** A lead about which the API is to be asked. */
export interface Check extends Candidate {
  visitorId: string;
  /** 0: for the first time; 1: the API did not know it; -1: that told nothing. */
  checks: number;
}

export const checkOf = (row: Row): Check => ({
  ...candidateOf(row),
  visitorId: String(row["visitor_id"]),
  checks: Number(row["checks"]),
});

export const viewOf = (row: Row): LeadView => ({
  id: String(row["id"]),
  state: row["state"] as LeadState,
  reason: String(row["reason"]),
  receivedAt: Number(row["received_at"]),
  changedAt: Number(row["changed_at"]),
  attempts: Number(row["attempts"]),
  repeats: Number(row["repeats"]),
  via: row["via"] as LeadView["via"],
  ...(row["caught_by"] !== null && { caughtBy: row["caught_by"] as Guard }),
  ...(row["held_by"] !== null && { heldBy: row["held_by"] as Hold }),
  ...(row["notes"] !== null && (JSON.parse(String(row["notes"])) as Pick<LeadView, "charset" | "unknown">)),
  ...((row["state"] === "queued" || row["state"] === "checking") && { dueAt: Number(row["due_at"]) }),
  ...(row["status"] !== null && { status: Number(row["status"]) }),
  ...(row["request_id"] !== null && { requestId: String(row["request_id"]) }),
  ...(row["submission"] !== null && { submission: JSON.parse(String(row["submission"])) }),
});
