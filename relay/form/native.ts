import { create } from "./create.ts";
import type { Lead } from "./lead.ts";
import { own } from "./own.ts";

/** Has the browser send a lead, as it would have sent the form at that time. */
export const sendNatively = ({ href, body }: Lead) => {
  const form = create("form", { method: "post", action: href, acceptCharset: "utf-8" });
  const { appendChild, submit, remove } = own(form);
  body.forEach((value, name) => {
    appendChild(create("input", { type: "hidden", name, value }));
  });
  document.body.append(form);
  setTimeout(remove);
  // In Firefox it throws where the page's policy forbids it.
  submit();
};
