import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.ts";
import { print } from "../terminal.ts";
import { starter } from "./starter.ts";

/**
 * Writes a configuration to begin with.
 *
 * @returns The exit status.
 */
export const init = (folder: string): number => {
  const name = isCommonJs(folder) ? "relay.config.mjs" : "relay.config.js";
  try {
    // An existing file is the user's own.
    writeFileSync(join(folder, name), starter, { flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure(code === "EEXIST" ? `${name} exists already.` : `${name} cannot be written (${code}).`);
  }
  print(`${name} is written. Try it, with nothing sent anywhere:
  npx botsplash relay --config ${name} --data trial --sandbox
Then change in it what is marked CHANGE, set the secrets that it names, and look whether they are right:
  npx botsplash relay --config ${name} --data leads --check`);
  return 0;
};

/** There, `.js` would be taken for CommonJS. */
const isCommonJs = (folder: string): boolean => {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) {
    try {
      return JSON.parse(readFileSync(manifest, "utf8")).type === "commonjs";
    } catch {
      return false;
    }
  }
  const above = dirname(folder);
  return above !== folder && isCommonJs(above);
};
