import type { Lead } from "./lead.ts";

/** Has the browser send a lead, as it would have sent the form at that time. */
export const sendNatively = ({ url, body }: Lead) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: url, target: "_self", acceptCharset: "utf-8", hidden: true });
  for (const [name, value] of body) {
    const input = document.createElement("input");
    form.append(Object.assign(input, { type: "hidden", name, value }));
  }
  document.documentElement.append(form);
  // An input may be called submit, and remove.
  HTMLFormElement.prototype.submit.call(form);
  HTMLFormElement.prototype.remove.call(form);
};
