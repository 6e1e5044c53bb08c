import { own } from "./own.ts";

/** What the person reads, unless the form has an attribute with other words: `data-sent="Merci."`, and so on. */
const texts = {
  sending: "Sending…",
  waiting: "No answer yet. Trying again…",
  sent: "Thank you. It is sent.",
  failed: "It may not have arrived. Please try again.",
};

/** Where news is told. It is there from the start, since only changes are read aloud. */
export const region = (form: HTMLFormElement, role: "status" | "alert") => {
  const { querySelector, append } = own(form);
  let element = querySelector(`[role=${role}]`);
  if (!element) {
    element = document.createElement("p");
    element.setAttribute("role", role);
    append(element);
  }
  return element;
};

/** Tells one thing, in place of what was told before. */
export const tell = (form: HTMLFormElement, status: string, alert = "") => {
  const news = { status, alert };
  for (const role of ["status", "alert"] as const) {
    const element = region(form, role);
    // The same again would be read aloud again.
    if (element.textContent !== news[role]) element.textContent = news[role];
  }
};

/** @returns the form's own words for it, or else ours */
export const textFor = (form: HTMLFormElement, news: keyof typeof texts) =>
  own(form).getAttribute(`data-${news}`) ?? texts[news];
