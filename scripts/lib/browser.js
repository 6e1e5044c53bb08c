import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** @param {string} file */
const runs = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** @param {string} name of a program */
export const onPath = (name) =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(runs);

/** @param {(string | undefined)[]} candidates */
const first = (...candidates) => candidates.find((file) => file !== undefined && runs(file));

/** The Chromium to test in: CHROME_PATH, else what the machine has. */
export const findChrome = () =>
  process.env.CHROME_PATH ||
  first(
    ...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map(onPath),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  );

/** Its driver: CHROMEDRIVER, else what the machine has. */
export const findChromeDriver = () => process.env.CHROMEDRIVER || onPath("chromedriver");

/** Flags for a Chromium that runs as root in a container and looks nothing up. */
export const chromeFlags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
