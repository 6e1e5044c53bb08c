import { after, before } from "node:test";
import { buildPage, serve } from "./page-site.js";
import { visitors } from "./visitors.js";

/** The built page behind a file server, for the tests of a file. @returns how to open it */
export const staticPage = () => {
  let url = "";
  /** @type {(() => void)[]} */
  const ends = [];
  before(async () => {
    const page = await buildPage();
    ends.push(page.remove);
    const site = await serve(page.folder);
    ends.push(site.close);
    url = site.url;
  });
  after(() => {
    for (const end of ends) end();
  });
  return visitors(() => url);
};
