// One bad day from the first lead to the verdict.

import { startRelay } from "./chaos-relay.js";
import { isPoison, startApi } from "./failing-api.js";
import { phoneNumber, submit, submitAll } from "./submitters.js";

/**
 * @typedef {object} Scale
 * @property {number} leads
 * @property {number} submitMs over how long they come in
 * @property {number} outageMs
 * @property {number} longestMs until nothing moves any more
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {number} delivered texted, and known to be
 * @property {number} duplicated texts that a person got beyond the first
 * @property {number} lost accepted, not texted, and nobody would know
 * @property {number} parked left for somebody to look at
 * @property {number} seconds from the first lead until nothing moved any more
 * @property {string[]} broken the promises that were not kept
 */

/** The whole thing. @type {Scale} */
export const FULL = { leads: 1000, submitMs: 8000, outageMs: 6000, longestMs: 600_000 };

const MOST_PARKED = 10;

/**
 * @param {import("./scenarios.js").Scenario} scenario
 * @param {Scale} scale
 * @returns {Promise<Row>}
 */
export const run = async ({ name, before, during, ...scenario }, { leads, submitMs, outageMs, longestMs }) => {
  const { onAmbiguous, timeoutMs, speed = 1, waiting = 0, hasPoison } = scenario;
  const api = await startApi();
  /** @type {Awaited<ReturnType<typeof startRelay>> | undefined} */
  let relay;
  try {
    relay = await startRelay(api, { onAmbiguous, timeoutMs, speed });
    const stage = { api, relay, leads, outageMs };
    before?.(stage);
    const begin = Date.now();
    const deadline = begin + longestMs;
    const happening = new Promise((resolve) => setTimeout(resolve, submitMs / 5)).then(() => during?.(stage));
    await Promise.all([submitAll(relay.submitUrl, leads, submitMs), happening]);
    let all = leads;
    if (hasPoison) {
      // One with poison may have been the last to go. It is refused for good when the day after brings another lead.
      await comesTo(relay, deadline, ({ delivered }) => delivered === leads - poisonAmong(leads));
      await submit(relay.submitUrl, all);
      all += 1;
    }
    await comesTo(relay, deadline, ({ queued, sending, checking }) => queued + sending + checking === waiting);
    const seconds = (Date.now() - begin) / 1000;
    return { name, ...judge(api.sandbox, await relay.leads(), all, scenario), seconds };
  } finally {
    await relay?.worker.stop();
    await api.close();
  }
};

/** More at a time, and the machine would be what fails. */
const AT_A_TIME = 3;

/**
 * @param {import("./scenarios.js").Scenario[]} scenarios
 * @param {Scale} scale
 * @returns {Promise<Row>[]} in the order of the scenarios, each as soon as it is there
 */
export const runAll = (scenarios, scale) => {
  /** @type {Promise<Row>[]} */
  const rows = [];
  for (const [index, scenario] of scenarios.entries()) {
    const before = Promise.resolve(rows[index - AT_A_TIME]).catch(() => {});
    const row = before.then(() => run(scenario, scale));
    // The waiting test is told; until then nothing needs to end.
    row.catch(() => {});
    rows.push(row);
  }
  return rows;
};

/** @param {number} leads @returns {number} how many of them have poison */
const poisonAmong = (leads) => Array.from({ length: leads }, (_, number) => number).filter(isPoison).length;

/**
 * @param {Awaited<ReturnType<typeof startRelay>>} relay
 * @param {number} deadline
 * @param {(counts: Awaited<ReturnType<Awaited<ReturnType<typeof startRelay>>["status"]>>["counts"]) => boolean} isSo
 */
const comesTo = async ({ status }, deadline, isSo) => {
  for (;;) {
    const { counts } = await status();
    if (isSo(counts)) return;
    if (Date.now() > deadline) throw new Error(`the relay did not finish in time: ${JSON.stringify(counts)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/**
 * The sandbox knows who was texted; the outbox says what it believes.
 * @param {import("../../sandbox/index.ts").Sandbox} sandbox
 * @param {import("../../relay/outbox/types.ts").LeadView[]} kept
 * @param {number} leads
 * @param {Pick<import("./scenarios.js").Scenario, "isOutage" | "isHarmless" | "onAmbiguous" | "hasPoison" | "waiting">} scenario
 */
const judge = (sandbox, kept, leads, { isOutage, isHarmless, onAmbiguous, hasPoison, waiting = 0 }) => {
  const texts = countBy(sandbox.texts.map(({ to }) => to));
  const rows = countBy(kept.map(({ submission }) => submission?.visitor.phoneNumber ?? ""));
  const states = new Map(kept.map(({ submission, state }) => [submission?.visitor.phoneNumber, state]));
  let [delivered, lost, duplicated, elsewhere] = [0, 0, 0, 0];
  for (let number = 0; number < leads; number += 1) {
    const person = phoneNumber(number);
    const texted = texts.get(person) ?? 0;
    const state = states.get(person);
    if (texted > 0 && state === "delivered") delivered += 1;
    if (texted === 0 && (state === undefined || state === "delivered")) lost += 1;
    if (rows.get(person) !== 1) elsewhere += 1;
    duplicated += Math.max(0, texted - 1);
  }
  const parked = kept.filter(({ state }) => state === "review").length;
  const refusals = hasPoison ? poisonAmong(leads) : 0;
  const broken = [
    ...(lost > 0 ? [`${lost} leads were lost in silence`] : []),
    ...(duplicated > 0 && onAmbiguous !== "resend" ? [`${duplicated} texts were sent twice`] : []),
    ...(isOutage && parked > MOST_PARKED ? [`${parked} leads were parked, more than ${MOST_PARKED}`] : []),
    ...(isHarmless && parked > 0 ? [`${parked} leads were parked`] : []),
    ...(elsewhere > 0 || kept.length !== leads
      ? [`${elsewhere} leads are not in exactly one state, of ${kept.length}`]
      : []),
    ...(delivered + parked + refusals + waiting !== leads
      ? [`${leads - delivered - parked} leads are neither delivered nor parked, and ${refusals + waiting} may be so`]
      : []),
  ];
  return { delivered, duplicated, lost, parked, broken };
};

/** @param {string[]} words @returns {Map<string, number>} */
const countBy = (words) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};
