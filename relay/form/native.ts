import { create } from "./create.ts";
import type { Lead } from "./lead.ts";
import { own } from "./own.ts";

/** Has the browser send a lead, as it would have sent the form at that time. */
export const sendNatively = ({ url, body }: Lead) => {
  const form = create("form", { method: "post", action: `${url}`, acceptCharset: "utf-8" });
  const { append, submit, remove } = own(form);
  body.forEach((value, name) => {
    append(create("input", { type: "hidden", name, value }));
  });
  document.body.append(form);
  try {
    // In Firefox it throws where the page's policy forbids it.
    submit();
  } finally {
    remove();
  }
};
