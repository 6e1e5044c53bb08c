import { chromeFlags, findChrome, findChromeDriver } from "../../scripts/lib/browser.js";

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} product of which the driver tells the version
 * @property {string} command its driver
 * @property {string[]} args
 * @property {object} capabilities
 */

/** @type {Engine[]} */
export const browsers = [
  {
    name: "Chromium",
    product: "chromium",
    command: findChromeDriver() ?? "chromedriver",
    args: [],
    capabilities: { "goog:chromeOptions": { binary: findChrome(), args: chromeFlags } },
  },
  {
    name: "Firefox",
    product: "firefox",
    command: "geckodriver",
    // Else it takes a fixed one.
    args: ["--websocket-port=0"],
    capabilities: { "moz:firefoxOptions": { args: ["-headless"] } },
  },
  {
    name: "WebKit",
    product: "webkitgtk",
    // The driver opens WebKitGTK's MiniBrowser, which cannot do without a screen.
    command: "xvfb-run",
    args: ["--auto-servernum", "WebKitWebDriver"],
    capabilities: {},
  },
];
