// How the relay responds: with a page to whoever posts a plain form, with JSON to a script.
import { contentType, isForm } from "./content.ts";
import { htmlPage } from "./html.ts";
import type { Refusal } from "./refusal.ts";

type HeaderMap = Record<string, string>;

/** Whether a person looks at the response. Browsers say so themselves. */
export const wantsPage = (request: Request): boolean => {
  const mode = request.headers.get("sec-fetch-mode");
  if (mode !== null) return mode === "navigate";
  const sendsForm = request.method !== "POST" || isForm(contentType(request));
  return sendsForm && (request.headers.get("accept") ?? "").includes("text/html");
};

export const json = (status: number, body: unknown, headers: HeaderMap = {}): Response =>
  Response.json(body, { status, headers });

/** To a place that the configuration names. */
const seeOther = (location: string) => new Response(null, { status: 303, headers: { Location: location } });

/** The lead, whose id this is, is on durable storage. */
export const accepted = (request: Request, id: string, successUrl?: string): Response => {
  // What the API itself would answer, so that the client takes it for an answer.
  if (!wantsPage(request)) return json(202, { success: true, accepted: true, requestId: id });
  return successUrl ? seeOther(successUrl) : message(202, "Thank you", "We have received your message.");
};

export const refused = (request: Request, refusal: Refusal, errorUrl?: string): Response => {
  const { status, body, headers } = refusal;
  if (!wantsPage(request)) return json(status, body, headers);
  return errorUrl ? seeOther(errorUrl) : message(status, "This was not sent", refusal.message, headers);
};

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  main { max-width: 34rem; margin: 15vh auto; padding: 0 1rem; }
`;

const message = (status: number, title: string, text: string, headers: HeaderMap = {}) =>
  htmlPage({
    title,
    style: STYLE,
    body: `<main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p></main>`,
    status,
    headers,
  });

/** A field's name may be anybody's. */
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
