// The cost of a call beside its request: every contestant against the same fetch in memory.

import { made } from "./lib/bench-paths.js";
import { bundle } from "./lib/bundle-entry.js";
import { startPage } from "./lib/in-chromium.js";
import { startNode } from "./lib/in-node.js";
import { startWorker } from "./lib/in-workerd.js";
import { ratio, short, spread, written } from "./lib/stats.js";

/** @typedef {import("./lib/in-node.js").Process} Process */

const runtimes = /** @type {const} */ ([
  { name: "Node", bundled: "node", file: "arena.mjs", start: startNode },
  { name: "Chromium", bundled: "page", file: "arena.js", start: startPage },
  { name: "workerd", bundled: "worker", file: "arena.js", start: startWorker },
]);

const ROUNDS = 21;
/** Long against the clock's grain (a millisecond in workerd), short against the machine's moods. */
const SAMPLE_MS = 30;

const RAW = "raw";
const SIGNAL = "raw, signal";
const OURS = "ours";
const FETCH_ZOD = "openapi-fetch + zod";
const REQWEST = "reqwest";
const WITHOUT_RUST = "ours, without Rust";
/** The request cores of clients that people pick; each throws. */
const THROWING = ["ky", "axios", "openai", "stripe", "@octokit/core"];
const contestants = [RAW, SIGNAL, OURS, FETCH_ZOD, REQWEST];

const SUBMIT = "listener submit, 12 fields";
const REFUSED = "an answer of 400";
const WRONG = "a value of the wrong type";
const lists = [10, 1000, 100_000].map((count) => ({ count, name: `phone statuses, ${count.toLocaleString("en-US")}` }));
const cases = [SUBMIT, "visitor update", ...lists.map(({ name }) => name), REFUSED, WRONG];
const failing = [REFUSED, WRONG];

/** @param {string} name of a case @returns who can be measured: raw does not look at what it sends */
const able = (name) => {
  if (name === SUBMIT) return [...contestants, WITHOUT_RUST, ...THROWING];
  if (name === REFUSED) return [...contestants, ...THROWING];
  return name === WRONG ? contestants.filter((one) => one !== RAW && one !== SIGNAL) : contestants;
};

/** @typedef {Record<string, Record<string, number[]>>} Times by case and contestant: microseconds per call, by round */

/** @param {Process} arena @returns {Promise<Times>} */
const measure = async (arena) => {
  for (const name of cases) {
    for (const contestant of able(name)) {
      const wrong = await arena.call("verify", contestant, name);
      if (wrong.length > 0) throw new Error(wrong.join("\n"));
    }
  }

  /** @param {string} contestant @param {string} name @param {number} count @returns {Promise<number>} milliseconds */
  const run = async (contestant, name, count) => {
    const { ms, requests, failures } = await arena.call("run", contestant, name, count);
    const due = { requests: name === WRONG ? 0 : count, failures: failing.includes(name) ? count : 0 };
    if (requests !== due.requests || failures !== due.failures) {
      throw new Error(`${contestant}, ${name}: ${requests} requests and ${failures} failures of ${count} calls`);
    }
    return ms;
  };

  /** @type {Times} */
  const times = {};
  for (const name of cases) {
    times[name] = Object.fromEntries(able(name).map((contestant) => [contestant, []]));
    const few = name === lists[2].name ? 1 : name === lists[1].name ? 20 : 300;
    // Warm first: what is compared is how fast they get, not how soon.
    for (let warming = 0; warming < 3; warming++) {
      for (const contestant of able(name)) await run(contestant, name, few);
    }
    const fastest = (await run(able(name)[0], name, few)) / few;
    const count = Math.max(1, Math.round(SAMPLE_MS / fastest));
    for (let round = 0; round < ROUNDS; round++) {
      const order = able(name);
      // Nobody always comes after the same one, and its garbage.
      order.push(...order.splice(0, round % order.length));
      for (const contestant of order)
        times[name][contestant].push(((await run(contestant, name, count)) / count) * 1000);
    }
  }
  return times;
};

/** @param {string} runtime @param {Times} times @returns {import("./lib/report.js").Table} */
const table = (runtime, times) => ({
  caption: runtime,
  head: [
    "call",
    "ours ÷ raw",
    "ours ÷ raw with signal",
    "ours ÷ openapi-fetch + zod",
    "openapi-fetch + zod ÷ raw",
    "reqwest ÷ raw",
    "raw, µs",
    "ours, µs",
  ],
  rows: cases.map((name) => {
    const of = times[name];
    /** @param {string} one @param {string} other */
    const cell = (one, other) => (of[one] && of[other] ? written(ratio(of[one], of[other])) : "");
    return [
      name,
      cell(OURS, RAW),
      cell(OURS, SIGNAL),
      cell(OURS, FETCH_ZOD),
      cell(FETCH_ZOD, RAW),
      cell(REQWEST, RAW),
      of[RAW] ? short(spread(of[RAW]).median) : "",
      short(spread(of[OURS]).median),
    ];
  }),
});

/** @param {Record<string, Times>} all @returns {import("./lib/report.js").Table} */
const throwingTable = (all) => ({
  caption: "Clients that throw: ours ÷ theirs, for a submit and for an answer of 400; below 1, ours is faster",
  head: ["runtime", "call", ...THROWING],
  rows: Object.entries(all).flatMap(([runtime, times]) =>
    [SUBMIT, REFUSED].map((name) => [
      runtime,
      name,
      ...THROWING.map((one) => written(ratio(times[name][OURS], times[name][one]))),
    ]),
  ),
});

/** The cost of one more item: from 10 to 1,000, and from there to 100,000. */
const growth = (/** @type {Times} */ times, /** @type {string} */ contestant) => {
  const [few, some, many] = lists.map(({ count, name }) => ({ count, times: times[name][contestant] }));
  /** @param {typeof few} from @param {typeof few} to */
  const perItem = (from, to) => to.times.map((time, round) => (time - from.times[round]) / (to.count - from.count));
  const [early, late] = [perItem(few, some), perItem(some, many)];
  return { early: spread(early), late: spread(late), ratio: ratio(late, early) };
};

/** @param {Record<string, Times>} all @returns {import("./lib/report.js").Table} */
const growthTable = (all) => ({
  caption: "Growth: what one more item costs, µs, between 10 and 1,000 and between 1,000 and 100,000; linear is 1",
  head: ["runtime", ...contestants],
  rows: Object.entries(all).map(([runtime, times]) => [
    runtime,
    ...contestants.map((contestant) => {
      const { early, late, ratio } = growth(times, contestant);
      return `${early.median.toFixed(3)}, ${late.median.toFixed(3)}: ${written(ratio)}`;
    }),
  ]),
});

/** @param {Record<string, Times>} all @returns {import("./lib/report.js").Target[]} */
const targets = (all) => {
  /** @param {string} runtime @param {string} other @param {string[]} names */
  const worst = (runtime, other, names) =>
    names
      .map((name) => ({ name, ...ratio(all[runtime][name][OURS], all[runtime][name][other]) }))
      .reduce((one, next) => (next.median > one.median ? next : one));
  const sent = cases.filter((name) => name !== WRONG);
  const found = (/** @type {ReturnType<typeof worst>} */ one) => `at worst ${written(one)}: ${one.name}`;
  const zod = ["Node", "workerd"].map((runtime) => ({ runtime, one: worst(runtime, FETCH_ZOD, cases) }));
  const raw = ["Node", "workerd", "Chromium"].map((runtime) => ({ runtime, one: worst(runtime, RAW, sent) }));
  return [
    ...zod.map(({ runtime, one }) => ({
      target: `per call no slower than openapi-fetch + zod, ${runtime}`,
      found: found(one),
      reached: one.median <= 1,
    })),
    ...raw.map(({ runtime, one }) => ({
      target: `per call at most 1.5 times a raw fetch(new Request(…)), ${runtime}`,
      found: found(one),
      reached: one.median <= 1.5,
    })),
    ...Object.keys(all).map((runtime) => {
      const one = THROWING.map((name) => ({
        name,
        ...ratio(all[runtime][REFUSED][OURS], all[runtime][REFUSED][name]),
      })).reduce((one, next) => (next.median > one.median ? next : one));
      return {
        target: `an answer of 400 faster than with every client that throws, ${runtime}`,
        found: found(one),
        reached: one.median <= 1,
      };
    }),
    ...Object.entries(all).map(([runtime, times]) => {
      const { ratio: found } = growth(times, OURS);
      // Raw's work is JSON.stringify's and the Request's: what long texts cost there, everybody pays.
      const { ratio: raw } = growth(times, RAW);
      return {
        target: `growth linear in the number of items, ${runtime}`,
        found: `${written(found)}; raw's is ${written(raw)}`,
        reached: found.median <= Math.max(1.3, raw.high),
      };
    }),
  ];
};

/**
 * @param {Record<string, Times>} all
 * @param {string} one
 * @param {string} other
 * @returns what a submit takes with the one, as a multiple of the other
 */
const submits = (all, one, other) =>
  Object.entries(all)
    .map(([runtime, times]) => `${written(ratio(times[SUBMIT][one], times[SUBMIT][other]))} times in ${runtime}`)
    .join(", ");

/** @returns {Promise<import("./lib/report.js").Section>} */
export const run = async () => {
  /** @type {Record<string, Times>} */
  const all = {};
  for (const { name, bundled, file, start } of runtimes) {
    console.log(`bench: calls in ${name}`);
    const path = made(`arena-${bundled}`, file);
    await bundle({ file: "peers/arena.js" }, bundled, path);
    const arena = await start(path);
    try {
      all[name] = await measure(arena);
    } finally {
      await arena.close();
    }
  }
  return {
    title: "Calls",
    about:
      `One call after another against a fetch in memory that answers with a fresh Response; ${ROUNDS} rounds in which the ` +
      "contestants take turns, each ratio within its round, median (quartiles). Before that every contestant's request " +
      "(method, URL, headers, body) and outcome are compared with what they should be, and during it every call is counted. " +
      "Raw is `fetch(new Request(…))` with `JSON.stringify` and `response.json()`, and checks nothing; with signal it also has a " +
      "deadline of its own. openapi-fetch + zod checks requests with closed schemas, and has no deadline.",
    tables: [
      ...Object.entries(all).map(([runtime, times]) => table(runtime, times)),
      throwingTable(all),
      growthTable(all),
    ],
    targets: targets(all),
    notes: [
      "The floor: a deadline takes a signal, which the Request then follows, and a timer. With both, raw takes " +
        `${submits(all, SIGNAL, RAW)} what it takes without, for a submit.`,
      "The JavaScript that ours is made of, with a line written by hand in place of the Rust (and no retries, no word on " +
        `failures), takes ${submits(all, WITHOUT_RUST, RAW)} what raw takes for a submit; ours takes ` +
        `${submits(all, OURS, WITHOUT_RUST)} what that takes.`,
      "workerd forbids eval, which zod makes its fast checks with elsewhere.",
      "Who hands fetch a URL and an init (ours does) instead of a Request has the Request made by the fetch in memory, as a " +
        "platform's fetch makes it.",
      "reqwest parses the answer's URL, so its answers carry one.",
      "ky, axios, openai's, stripe's and octokit's cores check nothing that is sent, and have a deadline (octokit's has none). Their " +
        "retries are off. Stripe's writes a form in place of JSON.",
    ],
  };
};
