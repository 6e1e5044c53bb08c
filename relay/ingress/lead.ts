// A post to a listener, from its bytes to the outbox.

import { KEY_FIELD, TURNSTILE_FIELD } from "../fields.ts";
import type { Listener, Settings } from "../options.ts";
import type { Acceptance, Guard, NewLead } from "../outbox/types.ts";
import { clientOf } from "./api-client.ts";
import { readBody } from "./body.ts";
import { consentNames, consentOf, takeConsent } from "./consent.ts";
import { type Content, checkContentType, readContent, withoutField } from "./content.ts";
import { Refusal } from "./refusal.ts";
import { accepted, askAgain, wantsPage } from "./respond.ts";
import { submissionOf } from "./submission.ts";
import { verifyTurnstile } from "./turnstile.ts";

/** As the client has it. */
const KEY = /^[\w.~-]{1,64}$/;
const FULL_RETRY_AFTER = 300;

/** @throws {Refusal} */
export const takeLead = async (
  settings: Settings,
  { listener, listenerId }: { listener: Listener; listenerId: string },
  request: Request,
  { searchParams }: URL,
): Promise<Response> => {
  checkContentType(request);
  const content = await readContent(request, await readBody(request, settings.maxBodyBytes), settings.maxFields);
  const beside = besideIn(content, searchParams);
  const key = keyIn(beside(KEY_FIELD));
  const { honeypot, turnstile } = listener;
  const taken = listener.consent && takeConsent(listener.consent, content);
  const names = [
    ...(honeypot === undefined ? [] : [honeypot]),
    ...(listener.consent ? Object.values(consentNames(listener.consent)) : []),
  ];
  const client = clientOf(settings);
  // An option that only the client knows to be wrong must not let a lead in.
  await client.ready();
  const reading = await submissionOf(client, content, listener, names);
  const { consent, isListed = true } =
    listener.consent && taken ? consentOf(listener.consent, taken, reading.said, request, settings.runtime.now()) : {};
  const lead: NewLead = {
    ...(key !== undefined && { key }),
    submission: reading.submission,
    said: reading.said,
    via: wantsPage(request) ? "form" : "script",
    ...(content.charset !== undefined && { charset: content.charset }),
    ...(consent && { consent }),
    ...(!isListed && { heldBy: "consent" }),
    ...(reading.unknown.length > 0 && { unknown: reading.unknown }),
  };

  const acceptance = await keep();
  switch (acceptance.outcome) {
    case "conflict":
      // The key stands in the page, where a person can change all but the key.
      if (wantsPage(request) && "form" in content)
        return askAgain(request, withoutField(content.form, KEY_FIELD), listener);
      throw new Refusal(422, "key_conflict", {
        field: KEY_FIELD,
        detail: `${KEY_FIELD}: the relay has it with another content. Make a new key for a new content.`,
      });
    case "full":
      throw new Refusal(503, "outbox_full", { retryAfter: FULL_RETRY_AFTER });
    case "accepted":
    case "duplicate":
      return accepted(request, acceptance.id, listener);
  }

  async function keep(): Promise<Acceptance> {
    const outbox = settings.outbox(listenerId);
    const caught = ({ heldBy: _, ...rest }: NewLead, caughtBy: Guard) => outbox.accept({ ...rest, caughtBy });
    if (honeypot !== undefined && beside(honeypot).some((value) => value !== "")) return caught(lead, "honeypot");
    if (reading.isLure) return caught(lead, "lure");
    if (turnstile === undefined) return outbox.accept(lead);
    // A token is good for one lead: a post that comes a second time must not be asked for another.
    const known = await outbox.find(lead);
    if (known) return known;
    const verdict = await verifyTurnstile(settings, turnstile, request, beside(TURNSTILE_FIELD)[0], reading.said);
    if (verdict === "failed") return caught(lead, "turnstile");
    return outbox.accept(verdict === "passed" ? lead : { ...lead, heldBy: "verification" });
  }
};

/** The values beside the submission: in a form's fields, or, since a JSON body has no room for them, in the query. */
const besideIn =
  (content: Content, query: URLSearchParams) =>
  (name: string): string[] => [...("form" in content ? content.form.getAll(name) : []), ...query.getAll(name)];

/** A form that no script has filled in sends an empty one. */
const keyIn = (values: string[]): string | undefined => {
  const [key, ...others] = new Set(values.filter((value) => value !== ""));
  if (key === undefined) return undefined;
  if (others.length === 0 && KEY.test(key)) return key;
  const detail = `${KEY_FIELD}: expected one, of 1 to 64 characters of A-Za-z0-9-._~`;
  throw new Refusal(400, "key_wrong", { field: KEY_FIELD, detail });
};
