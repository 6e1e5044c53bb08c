// How the relay responds: with a page to a plain form, with JSON to a script.

import { type TextName, textNameOf, textOf } from "../texts.ts";
import { contentType, isForm } from "./content.ts";
import { htmlPage } from "./html.ts";
import type { Refusal } from "./refusal.ts";

type HeaderMap = Record<string, string>;

/** A listener's messages to its visitors, and the URLs where it sends them. */
export interface Manners {
  readonly texts: Partial<Record<TextName, string>>;
  readonly successUrl?: string;
  readonly errorUrl?: string;
}

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
export const accepted = (request: Request, id: string, { successUrl, texts }: Manners): Response => {
  // The form of the API's own answer, so that the client takes it for one.
  if (!wantsPage(request)) return json(202, { success: true, accepted: true, requestId: id });
  if (successUrl !== undefined) return seeOther(successUrl);
  return page(202, textOf("thanks_title", texts), paragraph(textOf("thanks", texts)));
};

/** `message` is for the visitor, `detail` for the page's developer. */
export const refused = (request: Request, refusal: Refusal, { errorUrl, texts }: Manners): Response => {
  const { status, code, field, detail, headers } = refusal;
  const message = textOf(textNameOf(code), texts, field);
  if (!wantsPage(request)) {
    const body = { code, message, ...(field !== undefined && { field }), ...(detail !== undefined && { detail }) };
    return json(status, body, headers);
  }
  if (errorUrl !== undefined) return seeOther(errorUrl);
  return page(status, textOf("refused_title", texts), paragraph(message), headers);
};

/** A page from which the form goes out once more as it is, under a key of its own. */
export const askAgain = (request: Request, form: URLSearchParams, { texts }: Manners): Response => {
  const { pathname } = new URL(request.url);
  const fields = [...form].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const body = `${paragraph(textOf("key_conflict", texts))}
<form method="post" action="${escapeHtml(pathname)}">${fields.join("")}
<button>${escapeHtml(textOf("key_conflict_button", texts))}</button></form>`;
  return page(422, textOf("refused_title", texts), body, {}, true);
};

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  main { max-width: 34rem; margin: 15vh auto; padding: 0 1rem; }
  button { font: inherit; padding: 0.5rem 1rem; }
`;

const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;

const page = (status: number, title: string, body: string, headers: HeaderMap = {}, postsToItself = false) =>
  htmlPage({
    title: escapeHtml(title),
    style: STYLE,
    body: `<main><h1>${escapeHtml(title)}</h1>${body}</main>`,
    status,
    headers,
    postsToItself,
  });

/** A field's name may be anybody's. */
const escapeHtml = (text: string) => text.replace(/[&<>"'\r\n]/g, (char) => `&#${char.charCodeAt(0)};`);
