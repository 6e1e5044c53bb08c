import { type Draft, draftOf } from "./draft.ts";
import { bodyFields, type Field, pathFields } from "./fields.ts";
import type { Operation } from "./operations.ts";

/** Values for paths; none are published. */
const inPaths: Record<string, string> = {
  listenerId: "welcome",
  sequenceId: "follow-up",
  idType: "clientVisitorId",
  idValue: "12345",
  actionId: "call-back",
};

/** A form begins with the required fields, and with these: they tell the person and the message. */
const ESSENTIAL = ["clientVisitorId", "firstName", "phoneNumber", "message", "text", "retainPhones"];

const pathDraft = (operation: Operation): Draft =>
  Object.fromEntries(pathFields(operation).map(({ path }) => [path, inPaths[path] ?? ""]));

/** The published sample, or the document's own where none is; a meeting's day moves into the future. */
export const example = (operation: Operation, keep?: (field: Field) => boolean): Draft => {
  const draft = draftOf(bodyFields(operation), operation.body?.example, keep);
  const dated: Draft = "followupAt" in draft ? { followupAt: nextWeek() } : {};
  return { ...pathDraft(operation), ...draft, ...dated };
};

export const beginning = (operation: Operation): Draft =>
  example(operation, ({ name, required }) => required || ESSENTIAL.includes(name));

const nextWeek = () => {
  const day = new Date(Date.now() + 7 * 24 * 3600 * 1000);
  day.setUTCHours(15, 0, 0, 0);
  return day.toISOString().replace(".000", "");
};
