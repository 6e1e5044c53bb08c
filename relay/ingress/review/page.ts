import { script, style } from "#review-page";
import { htmlPage } from "../html.ts";

/** The page, with nobody's data in it: that comes with the secret, over the API. */
export const reviewPage = (basePath: string): Response =>
  htmlPage({
    title: "Leads",
    style,
    script,
    isUnframed: true,
    body: `<main data-api="${basePath}/review/api"></main>`,
  });
