// How the relay answers: a page for whoever posts a plain form, JSON for a script.
import { contentType, isForm } from "./content.ts";
import { htmlPage } from "./html.ts";

/** @typedef {import("./refusal.ts").Refusal} Refusal */

/**
 * Whether a person looks at the answer. Browsers say so themselves.
 * @param {Request} request
 */
export const wantsPage = (request) => {
  const mode = request.headers.get("sec-fetch-mode");
  if (mode !== null) return mode === "navigate";
  const sendsForm = request.method !== "POST" || isForm(contentType(request));
  return sendsForm && (request.headers.get("accept") ?? "").includes("text/html");
};

/** @param {number} status @param {unknown} body @param {Record<string, string>} [headers] */
export const json = (status, body, headers) => Response.json(body, { status, headers });

/** @param {string} location one that the configuration names */
const seeOther = (location) => new Response(null, { status: 303, headers: { Location: location } });

/**
 * The lead is on durable storage.
 * @param {Request} request
 * @param {string} id the lead's
 * @param {string} [thanks]
 */
export const accepted = (request, id, thanks) => {
  // What the API itself would answer, so that the client takes it for an answer.
  if (!wantsPage(request)) return json(202, { success: true, accepted: true, requestId: id });
  return thanks ? seeOther(thanks) : message(202, "Thank you", "We have received your message.");
};

/** @param {Request} request @param {Refusal} refusal @param {string} [sorry] */
export const refused = (request, { status, body, headers, message: why }, sorry) => {
  if (!wantsPage(request)) return json(status, body, headers);
  return sorry ? seeOther(sorry) : message(status, "This was not sent", why, headers);
};

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  main { max-width: 34rem; margin: 15vh auto; padding: 0 1rem; }
`;

/** @param {number} status @param {string} title @param {string} text @param {Record<string, string>} [headers] */
const message = (status, title, text, headers) =>
  htmlPage({
    title,
    style: STYLE,
    body: `<main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p></main>`,
    status,
    headers,
  });

/** @param {string} text a field's name may be anybody's */
const escapeHtml = (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
