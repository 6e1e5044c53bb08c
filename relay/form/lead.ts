import { keyTo } from "./key.ts";
import { own } from "./own.ts";
import type { Submitter } from "./submitter.ts";

const KEY = "submissionKey";
export const TOKEN = "cf-turnstile-response";

/**
 * The page's and the action's protocol, method, target and encoding of what is taken over. From a secure page, fetch
 * reaches secure addresses only.
 */
const OURS = /^(.*,https:|http:,http:),post,(_self)?,(?!text\/plain$)/i;

/** The post that the browser would send to the relay for a form, as it was when it was submitted. */
export interface Lead {
  /** Where it goes, whole. */
  href: string;
  origin: string;
  body: URLSearchParams;
}

/**
 * Reads what the browser would do with this submit, by the rules of HTML.
 * @param known the action that leads to a relay, whatever it looks like
 * @returns nothing where that is for the browser to do: another method, target or encoding, a file, a button that leads
 *   elsewhere than to a listener
 * @throws anything where the browser lacks what is needed; then too it is for the browser
 */
export const leadOf = (
  form: HTMLFormElement,
  button: Submitter | null | undefined,
  known: string | null,
): Lead | undefined => {
  const { baseURI, getAttribute } = own(form);
  const setting = (name: string) => button?.getAttribute(`form${name}`) ?? getAttribute(name);
  const target = setting("target") ?? document.querySelector<HTMLBaseElement>("base[target]")?.target;
  const action = setting("action");
  if (!action || !window.fetch) return;
  const url = new URL(action, baseURI);
  const asked = [location.protocol, url.protocol, setting("method"), target, setting("enctype")];
  if (!OURS.test(`${asked}`)) return;
  if (action !== known && !url.pathname.includes("/listener/botsplash/")) return;

  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, button) as Iterable<[string, string & Partial<File>]>) {
    if (value.name) return;
    // The field for a file that is not chosen has an empty name.
    body.append(withLines(name), withLines(value.name ?? value));
  }

  // A browser that knows no second argument of FormData leaves the button out.
  if (button?.name && !body.getAll(button.name).includes(button.value)) return;

  const content = new URLSearchParams(body);
  // Turnstile's proof that somebody is human is another one each time.
  content.delete(TOKEN);
  content.delete(KEY);
  body.set(KEY, keyTo(`${content}`));
  return { href: url.href, origin: url.origin, body };
};

/** Lines end in a form's post as they do in HTTP. */
const withLines = (text: string) => text.replace(/\r\n?|\n/g, "\r\n");
