// The rules that must hold after every step, looked at from outside: at the API, the disk, and people's answers.
import type { Api, Attempt } from "../api.ts";
import type { Host } from "../host.ts";
import type { Timeline } from "../time.ts";
import { type Post, ZONE } from "../world.ts";
import { broken } from "./broken.ts";
import { createDays } from "./days.ts";
import { isProbablyKnown, isUncertain, type Known, mayBeKnown, REFUSALS, wasDisproved } from "./known.ts";
import { localMinutes, minutesOf } from "./local-time.ts";
import { createPromise } from "./promise.ts";
import { createTangles } from "./tangles.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY_MS = 24 * 60 * MINUTE;

/** The documented default. */
const NUMBER_CAP = 3;

/** A state that lasts for so long is seen. */
const LOOK_MS = 3 * SECOND;

export interface Judge {
  /** The relay has said that it keeps this post, as this lead. */
  accepted(id: string, post: Post): void;
  /** The owner has leads sent again. */
  ownerResends(ids: string[]): void;
  /** The owner gives leads up. */
  ownerDrops(ids: string[]): void;
  /** The process has ended: what was not durable, the relay has forgotten. */
  crashed(): void;
  /** It has begun again, and goes by its options of now with what was in flight. */
  started(): void;
  /** The promise need not hold for a while. */
  excuse(forMs?: number): void;
  /** The options make a day that cannot be counted. */
  forgetDay(): void;
  clockWasSet(): void;
  check(): void;
  /** All is well, and has been for long. */
  checkEnd(): void;
}

export const createJudge = (timeline: Timeline, api: Api, host: Host): Judge => {
  const leads = new Map<string, Known>();
  const inFlight = new Map<Attempt, Known>();
  /** Attempts that were under way when the process ended. */
  let interrupted: Attempt[] = [];
  const unknown = new Set<string>();
  let hasJumped = false;
  /** Options that the relay has ever had. */
  const everHad = { age: false, drop: false };
  const noteOptions = (): void => {
    const { maxAgeHours, onAmbiguous } = host.listener();
    everHad.age ||= maxAgeHours !== undefined;
    everHad.drop ||= onAmbiguous === "drop";
  };
  noteOptions();

  const zoneOf = (submission: string): string => JSON.parse(submission).visitor.tzName ?? ZONE;

  const isWithinHours = (submission: string): boolean => {
    const { sendHours } = host.listener();
    if (!sendHours) return true;
    const minutes = localMinutes(timeline.wall(), zoneOf(submission));
    return minutes >= minutesOf(sendHours.from) && minutes < minutesOf(sendHours.to);
  };

  /** Do the relay's options have a lead sent again of which nobody can tell? */
  const isPolicy = (): boolean => host.listener().onAmbiguous === "resend";

  const mayGoAgain = (lead: Known, previous: Attempt): boolean => {
    if (!previous.hasEnded || previous.told === "taken") return false;
    const uncertain = lead.attempts.filter(({ told, isCleared }) => isUncertain(told) && !isCleared);
    const isDisproved = wasDisproved(lead, hasJumped);
    const isByPolicy = (previous.isPolicy || isPolicy()) && previous.told !== "unconfirmed";
    if (uncertain.length > 0 && !lead.isAllowed && !isDisproved && !isByPolicy) return false;
    // A cleared timer need not be cleared again.
    for (const attempt of uncertain) {
      attempt.isCleared = true;
      attempt.isDisproved = isDisproved;
    }
    return true;
  };

  const created = (id: string, phone: string): Known => {
    const lead = { id, phone, attempts: [], isAllowed: false, notFoundAt: [], keys: new Set<string>() };
    leads.set(id, lead);
    return lead;
  };

  const stateOf = (id: string): string =>
    String(host.disk.query("SELECT state FROM leads WHERE id = ?", id)[0]?.["state"]);

  const tangles = createTangles(inFlight, stateOf);
  const days = createDays(timeline, host);
  const promise = createPromise({ timeline, api, host, leads, inFlight, isWithinHours, isOpen: days.isOpen });

  api.onAttempt = (attempt) => {
    const rows = host.disk.query(
      "SELECT id, submission, any_hour, by_owner, waits_since, changed_at FROM leads WHERE state = 'sending' AND submission LIKE ? ORDER BY changed_at DESC",
      `%"${attempt.phone}"%`,
    );
    // Where a person has two leads, the one goes that the request names. Without a name it is the one that was claimed last:
    // the other may have ended, and not be written yet.
    const flying = new Set([...inFlight.values()].map(({ id }) => id));
    const ready = rows.filter(({ id }) => !flying.has(String(id)));
    const named = ready.filter(({ id }) => id === attempt.visitorId);
    const [row, ...twins] = named.length > 0 ? named : ready;
    if (!row) return broken(`A lead that is not marked as in flight was sent (${attempt.phone}).`);
    const id = String(row["id"]);
    const lead = leads.get(id) ?? created(id, attempt.phone);
    tangles.untangle();
    tangles.add(
      lead,
      twins.flatMap(({ id, changed_at }) => (changed_at === row["changed_at"] && leads.get(String(id))) || []),
    );
    const previous = lead.attempts.at(-1);
    if (previous && !mayGoAgain(lead, previous)) {
      broken(`Lead ${attempt.phone} was sent again after an attempt of which the relay was told "${previous.told}".`);
    }
    lead.isAllowed = false;
    lead.notFoundAt = [];
    lead.attempts.push(attempt);
    lead.sentAt = timeline.wall();
    inFlight.set(attempt, lead);
    // Of those that were claimed together, the first may be any.
    const isByOwner = rows.some((one) => one["changed_at"] === row["changed_at"] && one["by_owner"] === 1);
    checkNumber(lead, isByOwner);
    if (inFlight.size > 8) broken(`${inFlight.size} leads are in flight at once.`);
    if (row["any_hour"] !== 1 && !isWithinHours(String(row["submission"]))) {
      broken(`Lead ${attempt.phone} was sent outside of its hours.`);
    }
    const { maxAgeHours = Number.POSITIVE_INFINITY } = host.listener();
    if (timeline.wall() - Number(row["waits_since"]) > maxAgeHours * 60 * MINUTE + SECOND) {
      broken(`Lead ${attempt.phone} was sent after it had waited for more than ${maxAgeHours} hours.`);
    }
    days.add(attempt);
  };

  api.onEnd = (attempt) => {
    const lead = inFlight.get(attempt);
    if (lead) lead.endedAt = timeline.elapsed;
    attempt.isPolicy = isPolicy();
    inFlight.delete(attempt);
    promise.sendEnded();
  };

  api.onLookUp = (visitorId, status) => {
    if (status === 404) unknown.add(visitorId);
    if (status !== 200) return;
    // Several may be asked about at once.
    for (const id of unknown) if (id !== visitorId) leads.get(id)?.notFoundAt.push(timeline.elapsed);
    unknown.clear();
  };

  /** Leads to one number, whoever they are said to be from. */
  const checkNumber = (lead: Known, isByOwner: boolean): void => {
    const { numberCap = NUMBER_CAP } = host.listener();
    if (isByOwner || hasJumped) return;
    const others = [...leads.values()].filter(
      (one) =>
        one !== lead &&
        one.phone === lead.phone &&
        timeline.wall() - (one.sentAt ?? Number.NEGATIVE_INFINITY) < DAY_MS &&
        isProbablyKnown(one, hasJumped),
    );
    if (others.length >= numberCap) broken(`More than ${numberCap} leads went to ${lead.phone} in a day.`);
  };

  /** A post was taken for a lead that was here: it must be one that is sent, or was. */
  const checkAbsorbed = (id: string, { phone, isBot, token, key }: Post): void => {
    const lead = leads.get(id)!;
    const state = stateOf(id);
    const passes = !isBot && (token === "good" || !host.listener().turnstile);
    // The cap of its number may have caught it anew, a moment after it was released.
    const isCapped = host.disk.query("SELECT caught_by FROM leads WHERE id = ?", id)[0]?.["caught_by"] === "number";
    if (state === "quarantined" && passes && !isCapped)
      broken(`${phone} has passed all guards, and its lead is quarantined.`);
    const [row] = host.disk.query("SELECT changed_at FROM leads WHERE id = ?", id);
    const sinceMs = timeline.wall() - Number(row?.["changed_at"]);
    // It may have been in flight when the post came, and both were written at once.
    const isOver = (state === "rejected" || state === "dropped") && sinceMs > SECOND;
    if (isOver && !mayBeKnown(lead)) {
      broken(`${phone} was taken for a lead that is ${state}, and that nobody has heard of.`);
    }
    const { dedupeWindowMs = 0 } = host.listener();
    const isDone = state === "delivered" || state === "rejected" || state === "dropped";
    const isLong = sinceMs > dedupeWindowMs + MINUTE;
    const isKnownByKey = key !== undefined && lead.keys.has(key);
    if (isDone && isLong && !isKnownByKey && !hasJumped && !promise.isExcused) {
      broken(`${phone} was taken for a lead that is ${state}, long after the window.`);
    }
  };

  /** A post was kept as a lead of its own: there must be none that is sent, or was just now. */
  const checkNew = (id: string, { phone }: Post): void => {
    const { dedupeWindowMs = 0 } = host.listener();
    if (dedupeWindowMs === 0 || promise.isExcused) return;
    for (const lead of leads.values()) {
      if (lead.phone !== phone || lead.id === id) continue;
      const state = stateOf(lead.id);
      const isLive = ["queued", "sending", "checking", "review", "quarantined"].includes(state);
      const lastAt = lead.endedAt ?? Number.NEGATIVE_INFINITY;
      const isRecent =
        !hasJumped && isProbablyKnown(lead, hasJumped) && timeline.elapsed - lastAt < dedupeWindowMs - SECOND;
      if (isLive || isRecent) broken(`${phone} is kept twice: its equal is ${state}.`);
    }
  };

  /** Each end of a lead has a cause that can be seen from outside. */
  const checkCause = (lead: Known, state: string): void => {
    if (hasJumped || tangles.has(lead)) return;
    const { phone, attempts } = lead;
    const isDoubtful = lead.wasCut === true || attempts.some(({ told }) => isUncertain(told));
    if (state === "review" && !isDoubtful && !everHad.age) broken(`Lead ${phone} is in review for no cause.`);
    if (state === "dropped" && !lead.wasGivenUp && !(isDoubtful && everHad.drop)) {
      broken(`Lead ${phone} was given up, and not by its owner.`);
    }
    if (state !== "rejected") return;
    const { status } = attempts.at(-1) ?? {};
    if (status === 400) return;
    if (status === 401 || !REFUSALS.includes(status)) broken(`Lead ${phone} is rejected after ${status ?? "no send"}.`);
    const { endedAt = 0 } = attempts.find((attempt) => REFUSALS.includes(attempt.status)) ?? {};
    const isItsOwn = [...leads.values()].some(
      (other) => other !== lead && other.attempts.some(({ hadEffect, startedAt }) => hadEffect && startedAt >= endedAt),
    );
    if (!isItsOwn) broken(`Lead ${phone} is rejected with ${status}, and none was taken after it.`);
  };

  const checkBounds = (): void => {
    const bounds: [string, string, number][] = [
      ["facts", "SELECT count(*) AS n FROM facts", 20],
      ["days", "SELECT count(*) AS n FROM sent", 12],
      ["leads in flight", "SELECT count(*) AS n FROM leads WHERE state = 'sending'", 8],
    ];
    for (const [what, query, most] of bounds) {
      const n = Number(host.disk.query(query)[0]?.["n"]);
      if (n > most) broken(`There are ${n} ${what}.`);
    }
  };

  const checkKept = (): void => {
    const kept = new Set(host.disk.query("SELECT id FROM leads").map(({ id }) => String(id)));
    for (const { id, phone } of leads.values()) {
      if (!kept.has(id)) broken(`Lead ${phone} was accepted and is nowhere.`);
    }
  };

  let checks = 0;
  let checkedVersion: number | undefined;
  let lookedAt = -LOOK_MS;
  return {
    accepted(id, post) {
      checkedVersion = undefined;
      const known = leads.get(id);
      if (known) checkAbsorbed(id, post);
      else checkNew(id, post);
      const lead = known ?? created(id, post.phone);
      if (post.key !== undefined) lead.keys.add(post.key);
    },
    ownerResends(ids) {
      for (const id of ids) {
        const lead = leads.get(id);
        if (lead) lead.isAllowed = true;
      }
    },
    ownerDrops(ids) {
      for (const id of ids) {
        const lead = leads.get(id);
        if (lead) lead.wasGivenUp = true;
      }
    },
    crashed() {
      tangles.untangle();
      for (const [attempt] of inFlight) {
        attempt.hasEnded = true;
        attempt.told = "nothing";
        interrupted.push(attempt);
      }
      inFlight.clear();
      for (const { id } of host.disk.query("SELECT id FROM leads WHERE state = 'sending'")) {
        const lead = leads.get(String(id));
        if (lead) lead.wasCut = true;
        const last = lead?.attempts.at(-1);
        if (!last) continue;
        last.told = "nothing";
        interrupted.push(last);
      }
      promise.excuse();
    },
    started() {
      noteOptions();
      for (const attempt of interrupted) attempt.isPolicy ||= isPolicy();
      interrupted = [];
    },
    excuse: promise.excuse,
    clockWasSet() {
      hasJumped = true;
      days.forget();
      promise.excuse();
    },
    forgetDay: days.forget,
    check() {
      if (timeline.elapsed - lookedAt < LOOK_MS) return;
      lookedAt = timeline.elapsed;
      promise.check();
      checks += 1;
      if (checks % 16 !== 0 || checkedVersion === host.disk.version) return;
      checkKept();
      checkBounds();
      checkedVersion = host.disk.version;
    },
    checkEnd() {
      tangles.untangle();
      checkKept();
      checkBounds();
      const rows = host.disk.query("SELECT id, state, reason, waits_for, due_at, changed_at FROM leads");
      for (const row of rows) {
        const lead = leads.get(String(row["id"]));
        const phone = String(lead?.phone ?? row["id"]);
        const effects = lead?.attempts.filter(({ hadEffect }) => hadEffect).length ?? 0;
        const state = String(row["state"]);
        if (lead) checkCause(lead, state);
        if (state === "delivered" && effects === 0) broken(`Lead ${phone} is delivered, and nobody was texted.`);
        const last = lead?.attempts.at(-1);
        if (last?.told === "taken" && state !== "delivered") {
          broken(`The relay was told that lead ${phone} was taken, and has it as ${state}.`);
        }
        if (last && !last.hasEnded) continue;
        // The API may break every connection that carries it: then it is asked about, and sent, up to ten times.
        const isToBeAsked = state === "checking" && Number(row["due_at"]) > timeline.wall() - MINUTE;
        // The world may end between a claim and its send.
        const isToGo = state === "sending" && Number(row["changed_at"]) > timeline.wall() - MINUTE;
        const isOnItsWay = isToBeAsked || isToGo;
        if ((state === "sending" || state === "checking") && !isOnItsWay) broken(`Lead ${phone} is ${state} for ever.`);
        const { dailyCap } = host.listener();
        if (state === "queued" && !api.poisons.has(phone) && dailyCap === undefined) {
          broken(`Lead ${phone} waits for ever (${row["reason"]}, ${row["waits_for"]}).`);
        }
      }
    },
  };
};
