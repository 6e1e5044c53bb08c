import { fetchOf, setup } from "./contestant-setup.js";
import { submission, submitted } from "./samples.js";

/**
 * @param {(setup: any) => any} create
 * @returns {() => Promise<void>} makes the first call, to a fetch in memory
 */
export const firstCallOf = (create) => async () => {
  const text = JSON.stringify(submitted);
  const fetch = fetchOf(async () => new Response(text, { headers: { "content-type": "application/json" } }));
  const { requestId } = await create({ ...setup, fetch }).submitListener("welcome", submission);
  if (requestId !== submitted.requestId) throw new Error("the first call was not answered");
};
