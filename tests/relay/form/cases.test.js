// The cases of tests/engines/form-cases.js in Chromium; `npm run test:all` tries them in the other engines.
import test from "node:test";
import { browsers } from "../../engines/browsers.js";
import { cases } from "../../engines/form-cases.js";
import { open } from "../../engines/webdriver.js";
import { startSite } from "../support/form-site.js";

const [chromium] = browsers;

test("in Chromium", async (t) => {
  const site = await startSite();
  t.after(site.stop);
  const browser = await open(t, chromium);
  for (const { name, run } of cases) await t.test(name, () => run(browser, site));
});
