// The platform's facts: the time, a random number, whether it is a browser.
import { safely } from "./safely.ts";

export { isBrowser } from "../../src/fetch/browser.js";

/** Milliseconds since any moment. */
export const now = (): number => safely(() => performance.now()) ?? safely(() => Date.now());

/** Milliseconds since the epoch; NaN where no clock tells. */
export const timeOfDay = (): number => Number(safely(() => +Date.now()));

/** A random number in 0..1. */
export const random = (): number => safely(() => Math.random() % 1) ?? 0.5;
