import { after, before } from "node:test";
import { buildPage, serve } from "./page-site.js";
import { visitors } from "./visitors.js";

/** The built page behind a file server, for the tests of a file. @returns how to open it */
export const staticPage = () => {
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let site;
  before(async () => {
    site = await serve(await buildPage());
  });
  after(() => site.close());
  return visitors(() => site.url);
};
