import { htmlPage } from "../html.ts";
import { script } from "./page-script.ts";
import { style } from "./page-style.ts";

/** @param {string} basePath @returns {Response} nobody's data in it: that comes with the secret, over the API */
export const reviewPage = (basePath) =>
  htmlPage({ title: "Leads", style, script, body: `<main data-api="${basePath}/review/api"></main>` });
