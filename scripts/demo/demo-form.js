import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { at, pkg } from "../lib/paths.js";

const example = at("examples", "cloudflare-worker", "public");

/** The example Worker's form, as its own server has it. @type {Record<string, [file: string, type: string]>} */
const files = {
  "/": [join(example, "index.html"), "text/html; charset=utf-8"],
  "/thanks": [join(example, "thanks.html"), "text/html; charset=utf-8"],
  "/style.css": [join(example, "style.css"), "text/css"],
  "/form-auto.js": [join(pkg, "dist", "form-auto.js"), "text/javascript"],
};

/** As the Worker serves it without a site key. @param {string} page */
const withoutTurnstile = (page) =>
  page.replace(/<script src="https:.*?<\/script>|<div class="cf-turnstile".*?<\/div>/g, "");

/** @type {import("vite").Connect.NextHandleFunction} */
export const serveForm = ({ url = "" }, response, next) => {
  const [file, type] = files[url] ?? [];
  if (file === undefined || type === undefined) return next();
  response.setHeader("content-type", type);
  if (url === "/") response.end(withoutTurnstile(readFileSync(file, "utf8")));
  else createReadStream(file).pipe(response);
};
