import { keyTo } from "./key.ts";
import { own } from "./own.ts";
import type { Submitter } from "./submitter.ts";

const KEY = "submissionKey";
export const TOKEN = "cf-turnstile-response";

/** What a form would have the browser send to the relay, as it was when it was submitted. */
export interface Lead {
  url: string;
  body: URLSearchParams;
}

/**
 * Reads what the browser would do with this submit, by the rules of HTML.
 * @returns nothing where that is for the browser to do: another method, target or encoding, a file, a button that leads
 *   elsewhere than to a listener
 * @throws anything where the browser lacks what is needed; then too it is for the browser
 */
export const leadOf = (form: HTMLFormElement, submitter: Submitter | null): Lead | undefined => {
  const { baseURI, getAttribute } = own(form);
  const aim = submitter?.getAttribute("formaction");
  const setting = (name: string) => submitter?.getAttribute(`form${name}`) ?? getAttribute(name) ?? "";
  const base = document.querySelector("base[target]")?.getAttribute("target");
  const target = submitter?.getAttribute("formtarget") ?? getAttribute("target") ?? base ?? "";
  const action = setting("action");
  if (
    !action ||
    !/^post$/i.test(setting("method")) ||
    !/^(_self)?$/i.test(target) ||
    /^text\/plain$/i.test(setting("enctype"))
  )
    return;

  const { href, pathname, protocol } = new URL(action, baseURI);
  if (aim != null && !/\/listener\/botsplash\//.test(pathname)) return;
  // Where the page is a secure one, fetch reaches no other than secure addresses.
  if (protocol !== "https:" && (protocol !== "http:" || location.protocol === "https:")) return;

  if (submitter && (submitter.name || submitter.type === "image") && !formDataKnowsSubmitters()) return;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value !== "string" && (value.name || value.size)) return;
    body.append(withLines(name), typeof value === "string" ? withLines(value) : "");
  }

  const content = new URLSearchParams(body);
  // Turnstile's proof that somebody is human is another one each time.
  content.delete(TOKEN);
  content.delete(KEY);
  body.set(KEY, keyTo(`${content}`));
  // What fetch would refuse, it refuses now: an address with a password, say.
  new Request(href, { method: "POST", body });
  return { url: href, body };
};

/** Lines end in a form's post as they do in HTTP. */
const withLines = (text: string) => text.replace(/\r\n?|\n/g, "\r\n");

/** Browsers that know one argument only ignore the other, whatever it is. */
const formDataKnowsSubmitters = () => {
  try {
    new FormData(undefined, 0 as never);
  } catch {
    return true;
  }
  return false;
};
