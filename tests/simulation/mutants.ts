// Rules of the outbox, each taken out in turn: a simulation that does not fall over then proves nothing.

export interface Mutant {
  rule: string;
  file: string;
  from: string;
  to: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    rule: "a lead is known for good to be in flight before it goes",
    file: "relay/outbox/batch.ts",
    from: "await sync();",
    to: "void sync().catch(() => {});",
  },
  {
    rule: "a lead that was in flight at a crash is not sent again",
    file: "relay/outbox/fate.ts",
    from: 'return onAmbiguous === "resend" && !isTired ? { state: "queued", dueAt: now } : { state: "review" };',
    to: 'return { state: "queued", dueAt: now };',
  },
  {
    rule: "a success that does not say so is not a delivery",
    file: "relay/outbox/outcome.ts",
    from: "?.success === true",
    to: '?.success !== false && typeof body === "object"',
  },
  {
    rule: "an outcome that is known outlives a commit that fails",
    file: "relay/outbox/dispatcher.ts",
    from: "const flight = flights.get(interrupted.id);",
    to: "const flight = undefined as Flight | undefined;",
  },
  {
    rule: "an object whose commit failed begins anew from the disk",
    file: "relay/outbox/batch.ts",
    from: "        lose(error);\n        return;",
    to: "",
  },
  {
    rule: "no minute passes without a send",
    file: "relay/outbox/pace.ts",
    from: "const LONGEST_WAIT_MS = 40 * SECOND;",
    to: "const LONGEST_WAIT_MS = 40 * MINUTE;",
  },
  {
    rule: "a Retry-After binds all leads for a quarter of an hour at most",
    file: "relay/outbox/pace.ts",
    from: "const LONGEST_RETRY_AFTER_MS = 15 * MINUTE;",
    to: "const LONGEST_RETRY_AFTER_MS = 24 * HOUR;",
  },
  {
    rule: "leads are sent in their hours",
    file: "relay/outbox/gate.ts",
    from: "const at = sendHours && !lead.anyHour ?",
    to: "const at = sendHours && now < 0 ?",
  },
  {
    rule: "the day's cap counts what is sent",
    file: "relay/outbox/gate.ts",
    from: "const counted = hasCap() ? days.add(going.length, now) : undefined;",
    to: "const counted = hasCap() ? days.add(0, now) : undefined;",
  },
  {
    rule: "no more leads than the cap go to one number",
    file: "relay/outbox/gate.ts",
    from: "if (!isCapped(lead)) return true;",
    to: "if (!isCapped(lead) || now > 0) return true;",
  },
  {
    rule: "a lead that waited for too long is not sent",
    file: "relay/outbox/gate.ts",
    from: "waitsSince < now - (options().maxAgeMs ?? Infinity);",
    to: "waitsSince < now - Infinity;",
  },
  {
    rule: "that the API does not know a lead counts only if it knows another one",
    file: "relay/outbox/sender.ts",
    from: 'return (await lookUp(delivered)) === 200 ? "unknown" : "unclear";',
    to: 'return "unknown";',
  },
  {
    rule: "the API is asked twice before a lead that it does not know goes again",
    file: "relay/outbox/storage.ts",
    from: "...[caughtBy ?? null, checks ?? 0, id, from],",
    to: "...[caughtBy ?? null, checks ?? 1, id, from],",
  },
  {
    rule: "the API is asked again after ten minutes, and not before",
    file: "relay/outbox/settle.ts",
    from: "dueAt: at + CHECK_WAITS_MS[1],",
    to: "dueAt: at,",
  },
  {
    rule: "a look-up that told nothing, once, ends in review",
    file: "relay/outbox/settle.ts",
    from: 'if (checks > 0 && found === "unknown") {',
    to: 'if (found === "unknown") {',
  },
  {
    rule: "a lead that may have been sent absorbs its equals",
    file: "relay/outbox/storage.ts",
    from: "(state = 'delivered' OR maybe_sent = 1) AND changed_at > ?",
    to: "state = 'delivered' AND changed_at > ? + 1e15",
  },
  {
    rule: "a lead that certainly was not sent, and will not be, absorbs nothing",
    file: "relay/outbox/duplicates.ts",
    from: "const absorbs = ({ state, maybeSent, isErased }: Twin): boolean =>",
    to: "const absorbs = ({ state, maybeSent, isErased }: Twin): boolean => true ||",
  },
  {
    rule: "a lead that passes the guard that had caught it is released",
    file: "relay/outbox/duplicates.ts",
    from: "return isCaught(twin) ? again(twin, lead) :",
    to: "return false ? again(twin, lead) :",
  },
  {
    rule: "a clock that is set back keeps nothing waiting",
    file: "relay/outbox/clock.ts",
    from: "if (time < seen - JUMP_MS) {",
    to: "if (time < 0) {",
  },
  {
    rule: "a lead waits for itself for a quarter of an hour at most",
    file: "relay/outbox/fate.ts",
    from: "const LONGEST_BACKOFF_MS = 15 * MINUTE;",
    to: "const LONGEST_BACKOFF_MS = 150 * HOUR;",
  },
  {
    rule: "a refusal ends a lead only if another one was taken after it",
    file: "relay/outbox/fate.ts",
    from: "lead.refusedAt !== null && lastTakenAt > lead.refusedAt;",
    to: "lead.refusedAt !== null && lastTakenAt > 0;",
  },
  {
    rule: "refused credentials end no lead",
    file: "relay/outbox/fate.ts",
    from: "isItsOwn && !isOurs ?",
    to: "isItsOwn ?",
  },
  {
    rule: "the window begins when a lead is delivered",
    file: "relay/outbox/storage.ts",
    from: "(state = 'delivered' OR maybe_sent = 1) AND changed_at > ?",
    to: "(state = 'delivered' OR maybe_sent = 1) AND received_at > ?",
  },
  {
    rule: "the window in which a lead absorbs its equals ends",
    file: "relay/outbox/storage.ts",
    from: "(state = 'delivered' OR maybe_sent = 1) AND changed_at > ?",
    to: "(state = 'delivered' OR maybe_sent = 1) AND changed_at > ? - 1e12",
  },
  {
    rule: "a lead that certainly was not sent waits, and not for its owner",
    file: "relay/outbox/outcome.ts",
    from: "[425, 429, 521,",
    to: "[425, 521,",
  },
  {
    rule: "a lead waits for its hours, and no longer",
    file: "relay/outbox/gate.ts",
    from: 'store.postpone(lead.id, at, "hours");',
    to: 'store.postpone(lead.id, at + 7_200_000, "hours");',
  },
];
