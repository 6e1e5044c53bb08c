// The bad days.

/**
 * @typedef {object} Stage where it happens
 * @property {Awaited<ReturnType<typeof import("./failing-api.js").startApi>>} api
 * @property {Awaited<ReturnType<typeof import("./chaos-relay.js").startRelay>>} relay
 * @property {number} leads
 * @property {number} outageMs
 *
 * @typedef {object} Scenario
 * @property {string} name
 * @property {"resend" | "lookup"} [onAmbiguous]
 * @property {true} [hasPoison] leads with poison are refused for good, as soon as another lead is taken after them
 * @property {number} [waiting] so many leads still wait at the end
 * @property {true} [isHarmless] nothing is left for people to look at
 * @property {number} [speed] the relay's clock goes so many times as fast, where it has to wait for long
 * @property {number} [timeoutMs] of the relay's requests, where some are never answered
 * @property {boolean} [isOutage] then but a handful of leads may be left for people to look at
 * @property {(stage: Stage) => void} [before]
 * @property {(stage: Stage) => Promise<unknown>} [during] begins when a fifth of the leads has come in
 */

/** @type {import("../../sandbox/index.ts").Fault[]} without an effect */
const BEFORE = [{ status: 503 }, { status: 429 }, { status: 500 }, { status: 502 }, { reset: true }, { hang: true }];

/** @type {import("../../sandbox/index.ts").Fault[]} after it; 429 is not among them: it says that there was none */
const AFTER = [
  { status: 500 },
  { status: 502 },
  { status: 503 },
  { status: 504 },
  .../** @type {const} */ ([{ reset: true }, { hang: true }, { truncate: true }, { brokenJson: true }]),
];

/** @param {number} seed @returns {() => number} the same dice every time (mulberry32) */
const dice = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

/** 40% of all requests fail, half of them after the effect. @param {Stage} stage */
const mixedFailures = ({ api: { sandbox }, leads }) => {
  const roll = dice(1);
  /** @param {import("../../sandbox/index.ts").Fault[]} faults */
  const oneOf = (faults) => faults[Math.floor(roll() * faults.length)];
  for (let request = 0; request < leads * 10; request += 1) {
    const luck = roll();
    /** @type {import("../../sandbox/index.ts").Fault} */
    const fault = luck < 0.2 ? oneOf(BEFORE) : luck < 0.4 ? { ...oneOf(AFTER), when: "after" } : { delayMs: 0 };
    sandbox.fault({ ...fault, operation: "submitListener" });
  }
};

/** @param {import("./failing-api.js").Trouble} trouble @returns {Scenario["during"]} */
const outage =
  (trouble) =>
  ({ api, outageMs }) =>
    api.breakDown(trouble, outageMs);

/** @param {import("./failing-api.js").Habit} what @returns {Scenario["before"]} */
const habit =
  (what) =>
  ({ api }) =>
    api.setHabit(what);

/** @param {Stage} stage */
const powerCuts = async ({ api, relay: { worker } }) => {
  for (let cut = 0; cut < 2; cut += 1) {
    await api.nextSubmit();
    await worker.kill();
    await worker.restart();
  }
};

/** Where leads may be left for people to look at, however many. */
const IMPATIENT_MS = 500;

/** Where a busy machine must not leave leads to look at. */
const PATIENT_MS = 5000;

/** @type {Scenario[]} */
export const scenarios = [
  { name: "a good day" },
  { name: "40% failures, mixed", timeoutMs: IMPATIENT_MS, before: mixedFailures },
  { name: "refused", isOutage: true, during: outage({ refuse: true }) },
  { name: "503", isOutage: true, during: outage({ status: 503 }) },
  { name: "500", isOutage: true, during: outage({ status: 500, reach: "half" }) },
  { name: "500 to leads alone", isOutage: true, during: outage({ status: 500, reach: "half", only: "POST" }) },
  { name: "hangs", timeoutMs: PATIENT_MS, isOutage: true, during: outage({ hang: true, reach: "half" }) },
  { name: "killed in flight, twice", isOutage: true, during: powerCuts },
  { name: "40% failures, mixed; resend", onAmbiguous: "resend", timeoutMs: IMPATIENT_MS, before: mixedFailures },
  { name: "killed in flight, twice; resend", onAmbiguous: "resend", during: powerCuts },
  {
    name: "40% failures, mixed; lookup",
    onAmbiguous: "lookup",
    isHarmless: true,
    speed: 300,
    // A look-up that is given up tells nothing.
    timeoutMs: PATIENT_MS,
    before: mixedFailures,
  },
  {
    name: "403 to one lead in fifty",
    isHarmless: true,
    hasPoison: true,
    // When only such leads are left, one of them goes every forty seconds.
    speed: 20,
    before: habit({ poisonStatus: 403 }),
  },
  { name: "429 to one number", isHarmless: true, waiting: 1, before: habit({ limitedStatus: 429 }) },
  {
    name: "429, and HEADs that hang",
    isHarmless: true,
    // A probe that hangs is waited for, and then a lead goes all the same.
    speed: 10,
    before: habit({ hangsAtHead: true }),
    during: outage({ status: 429, only: "POST" }),
  },
];
