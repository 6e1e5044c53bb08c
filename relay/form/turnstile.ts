import { TOKEN } from "./lead.ts";
import { fieldsOf } from "./own.ts";

declare const turnstile: { reset(widget: string | Element): void };

/** A token is good for one lead: gets the form another one. */
export const renewToken = (form: HTMLFormElement) => {
  for (const field of fieldsOf(form)) {
    if (field.name !== TOKEN) continue;
    field.value = "";
    try {
      turnstile.reset(field.id.slice(0, -9));
    } catch {
      // There is no widget.
    }
  }
};
