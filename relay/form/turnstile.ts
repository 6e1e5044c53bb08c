import { TOKEN } from "./lead.ts";
import { fieldsOf } from "./own.ts";

declare const turnstile: { reset(widget: string | Element): void } | undefined;

/** A token is good for one lead: gets the form another one. */
export const renewToken = (form: HTMLFormElement) => {
  for (const field of fieldsOf(form)) {
    if (field.name !== TOKEN) continue;
    field.value = "";
    try {
      turnstile?.reset(field.closest(".cf-turnstile") ?? field.id.replace(/_response$/, ""));
    } catch {
      // There is no widget.
    }
  }
};
