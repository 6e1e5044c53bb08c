import { at } from "../lib/paths.js";
import { capture, Trouble } from "../lib/run.js";

/** Plays the week in a process of its own, whose clock it takes. @returns {Promise<string>} the page */
export const playWeek = async () => {
  const { code, output } = await capture(process.execPath, ["--import", "tsx", at("scripts", "first-week", "play.js")]);
  if (code !== 0) throw new Trouble(output);
  return output;
};
