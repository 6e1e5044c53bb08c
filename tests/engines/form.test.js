// Lead forms, enhanced, in each browser engine.
import test, { after, before } from "node:test";
import { startSite } from "../relay/support/form-site.js";
import { browsers } from "./browsers.js";
import { cases } from "./form-cases.js";
import { open } from "./webdriver.js";

/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;
before(async () => {
  site = await startSite();
});
after(() => site?.stop());

const chosen = process.env.ENGINE ? browsers.filter(({ name }) => name === process.env.ENGINE) : browsers;

for (const engine of chosen) {
  test(`in ${engine.name}`, async (t) => {
    const browser = await open(t, engine);
    for (const { name, run } of cases) await t.test(name, () => run(browser, site));
  });
}
