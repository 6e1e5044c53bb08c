// The defaults of all options, in one place: options, outbox and documentation take them from here.
import type { LeadField } from "./fields.ts";

const DAY_MS = 86_400_000;

export const RELAY_DEFAULTS = {
  basePath: "",
  maxBodyBytes: 65_536,
  maxFields: 100,
  retentionDays: 30,
  keyRetentionDays: 90,
  timeZone: "UTC",
  summaryHour: 8,
  quarantineDays: 30,
  consentYears: 5,
  siteverifyUrl: "https://challenges.cloudflare.com/turnstile/v0/siteverify",
} as const;

/** The fields in which people describe themselves. */
const OPEN_FIELDS: readonly LeadField[] = ["firstName", "lastName", "email", "phoneNumber", "state", "tzName"];

export const LISTENER_DEFAULTS = {
  fields: OPEN_FIELDS,
  extendedAttributes: [] as readonly string[],
  phoneFormat: "north-american",
  texts: {},
  onAmbiguous: "review",
  dailyCap: Infinity,
  numberCap: 3,
  dedupeWindowMs: 600_000,
} as const;

export const days = (count: number) => count * DAY_MS;
