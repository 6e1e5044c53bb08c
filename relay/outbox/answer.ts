// An answer's way from the outbox to the front.

const HEADER = "Outbox-Answer";

/** What is asked for every post; the answers are the relay's own words, none of anybody's, and fit a header. */
const BRIEF = ["find", "accept"];

/**
 * @param {string} action
 * @param {unknown} [answer]
 * @returns {Response} without a body where it can be: to read one, the front would have to wait once more
 */
export const answerWith = (action, answer = null) => {
  const text = JSON.stringify(answer);
  return BRIEF.includes(action) ? new Response(null, { headers: { [HEADER]: text } }) : new Response(text);
};

/** @param {Response} response @returns {Promise<any>} */
export const answerIn = async (response) => JSON.parse(response.headers.get(HEADER) ?? (await response.text()));
