import { create } from "./create.ts";
import type { Lead } from "./lead.ts";
import { own } from "./own.ts";

/** Has the browser send a lead, as it would have sent the form at that time. */
export const sendNatively = ({ url, body }: Lead) => {
  const form = create("form", { method: "post", action: url, target: "_self", acceptCharset: "utf-8", hidden: true });
  const { append, submit, remove } = own(form);
  body.forEach((value, name) => {
    const input: HTMLInputElement = create("input", { type: "hidden", name, value });
    append(input);
  });
  document.documentElement.append(form);
  submit();
  remove();
};
