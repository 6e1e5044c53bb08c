// People who fill in a form: some click twice, and all try again, with the same key, while the relay is down.

/** @param {number} number @returns {string} of the lead's person, who is in no other lead */
export const phoneNumber = (number) => String(3334440000 + number);

const GIVE_UP_AFTER_MS = 60_000;

/**
 * @param {string} url
 * @param {number} number
 * @returns {Promise<void>} resolves once the relay has said that it has the lead
 */
export const submit = async (url, number) => {
  const body = JSON.stringify({ visitor: { phoneNumber: phoneNumber(number) } });
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    const status = await fetch(`${url}?submissionKey=lead-${number}`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => undefined,
    );
    if (status === 202) return;
    if (status !== undefined && status < 500) throw new Error(`the relay refused lead ${number} with ${status}`);
    if (Date.now() > deadline)
      throw new Error(`the relay did not accept lead ${number} in time; its last response was ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/**
 * Submits so many leads, every tenth of them twice, a few at a time, spread over this time.
 * @param {string} url
 * @param {number} count
 * @param {number} overMs
 */
export const submitAll = async (url, count, overMs) => {
  const begin = Date.now();
  await Promise.all(
    Array.from({ length: count }, async (_, number) => {
      await new Promise((resolve) => setTimeout(resolve, begin + (overMs * number) / count - Date.now()));
      await Promise.all(Array.from({ length: number % 10 === 0 ? 2 : 1 }, () => submit(url, number)));
    }),
  );
};
