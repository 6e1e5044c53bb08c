import { htmlPage } from "../html.js";
import { script } from "./page-script.js";
import { style } from "./page-style.js";

/** @param {string} basePath @returns {Response} nobody's data in it: that comes with the secret, over the API */
export const reviewPage = (basePath) =>
  htmlPage({ title: "Leads", style, script, body: `<main data-api="${basePath}/review/api"></main>` });
