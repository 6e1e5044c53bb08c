/**
 * @param {string} output of a test runner, which mixes what tests print with its own
 * @returns {any} what the line "answer: {...}" says
 */
export const answerIn = (output) => {
  const found = /answer: (\{.*\})/.exec(output);
  if (!found) throw new Error(`no answer was printed:\n${output}`);
  return JSON.parse(found[1]);
};
