// Makes many calls, a third of them failing, and many at once, and tells what memory that takes. For Node.

import { fetchOf, setup } from "./contestant-setup.js";
import { contestants } from "./contestants.js";
import { mistaken, submission, submitted } from "./samples.js";
import { watchMemory } from "./wasm-memory.js";

const wasm = watchMemory();

let requests = 0;
let answer = async () => new Response();
const fetch = fetchOf(() => {
  requests += 1;
  return answer();
});

const answering = (status, body) => async () =>
  new Response(body, { status, headers: { "content-type": "application/json" } });
const well = answering(200, JSON.stringify(submitted));

const failures = [
  { answer: answering(400, `{"error":"bad_request"}`) },
  { answer: answering(500, "<h1>Internal Server Error</h1>") },
  {
    answer: async () => {
      throw new TypeError("fetch failed");
    },
  },
  { answer: answering(200, "{") },
  // Refused before it is sent, by those who look.
  { answer: answering(400, "{}"), submission: mistaken },
];

let client;

/** @param {string} contestant */
export const choose = (contestant) => {
  client = contestants[contestant]({ ...setup, fetch });
};

/**
 * One after another; every third fails, each time in another way.
 * @param {number} count
 */
export const calls = async (count) => {
  let failed = 0;
  for (let index = 0; index < count; index++) {
    const failure = index % 3 === 2 ? failures[Math.floor(index / 3) % failures.length] : undefined;
    answer = failure?.answer ?? well;
    try {
      await client.submitListener("welcome", failure?.submission ?? submission);
    } catch {
      failed += 1;
    }
  }
  return failed;
};

/**
 * Many at once.
 * @param {number} count
 * @returns what they take while nobody has been answered
 */
export const flight = async (count) => {
  let land = () => {};
  const landing = new Promise((resolve) => {
    land = resolve;
  });
  requests = 0;
  answer = async () => {
    await landing;
    return well();
  };
  const flights = Array.from({ length: count }, () => client.submitListener("welcome", submission));
  // Each sends before its first wait ends, or a few microtasks later.
  for (let turn = 0; turn < 1000 && requests < count; turn++) await new Promise((resolve) => setImmediate(resolve));
  if (requests !== count) throw new Error(`${requests} of ${count} calls were sent`);
  const inFlight = await sample();
  land();
  for (const { requestId } of await Promise.all(flights)) {
    if (requestId !== submitted.requestId) throw new Error("a call was not answered");
  }
  return inFlight;
};

export const sample = async () => {
  for (let turn = 0; turn < 3; turn++) {
    // Finalizers run in turns of their own.
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { heap: process.memoryUsage().heapUsed, wasm: wasm() };
};
