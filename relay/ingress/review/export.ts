// Leads and consents in files: CSV for spreadsheets, JSON Lines for programs.
import { ARGS_FIELDS, VISITOR_FIELDS } from "../../fields.ts";
import type { ConsentLine } from "../../outbox/consents.ts";
import type { LeadView } from "../../outbox/types.ts";
import { toCsv } from "./csv.ts";

const LEAD_COLUMNS = [
  "id",
  "state",
  "reason",
  "receivedAt",
  "changedAt",
  "attempts",
  "repeats",
  "status",
  "requestId",
  "via",
  "caughtBy",
  "heldBy",
  "charset",
] as const;

const columns = (attributes: readonly string[]): string[] => [
  ...LEAD_COLUMNS,
  ...VISITOR_FIELDS,
  ...ARGS_FIELDS,
  ...attributes,
  // Those that are no longer configured.
  "extendedAttributes",
  "unknownFields",
  "consentAt",
  "consentWords",
  "consentPage",
  "consentVersion",
];

const rowOf = ({ submission, consent, unknown, ...lead }: LeadView, attributes: readonly string[]): unknown[] => {
  const { extendedAttributes: all = {}, ...visitor } = submission?.visitor ?? {};
  // A text to the owner has one column, whether the API was to text it or not.
  const args = { message: all["message"], ...submission?.args };
  const others = Object.entries(all).filter(([name]) => name !== "message" && !attributes.includes(name));
  const dated = { ...lead, receivedAt: isoOf(lead.receivedAt), changedAt: isoOf(lead.changedAt) };
  return [
    ...LEAD_COLUMNS.map((name) => dated[name]),
    ...VISITOR_FIELDS.map((name) => visitor[name]),
    ...ARGS_FIELDS.map((name) => args[name]),
    ...attributes.map((name) => all[name]),
    others.length > 0 ? Object.fromEntries(others) : undefined,
    unknown?.join(" "),
    consent && isoOf(consent.at),
    consent?.words,
    consent?.page,
    consent?.version,
  ];
};

const isoOf = (at: number) => new Date(at).toISOString();

/** A part of a file; `next` is where the part after it begins. */
const file = (type: string, text: string, next: string | undefined): Response =>
  new Response(text, {
    headers: { "Content-Type": `${type}; charset=utf-8`, ...(next !== undefined && { Next: next }) },
  });

export interface Part {
  leads: LeadView[];
  isFirst: boolean;
  next: string | undefined;
}

export const leadsCsv = ({ leads, isFirst, next }: Part, attributes: readonly string[]): Response =>
  file(
    "text/csv",
    toCsv([...(isFirst ? [columns(attributes)] : []), ...leads.map((lead) => rowOf(lead, attributes))]),
    next,
  );

const linesOf = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join("");

export const jsonLines = (values: readonly object[]): Response => file("application/jsonl", linesOf(values), undefined);

export const leadsJsonLines = ({ leads, next }: Part): Response => file("application/jsonl", linesOf(leads), next);

export const consentsJsonLines = (lines: readonly (ConsentLine & { listener: string })[], next?: string): Response =>
  file("application/jsonl", linesOf(lines), next);
